# Only an update that runs can be cancelled; a stack that is suspended can't be updated
web is created
  a
web ends as CREATE_COMPLETE
web is suspended
web ends as SUSPEND_COMPLETE
web can't be updated: Updating a stack when it is suspended is not supported.
  a size=2
web is resumed
web ends as RESUME_COMPLETE
web is updated
  a size=2
web ends as UPDATE_COMPLETE
there are
  a size=2
