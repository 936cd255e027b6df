# What waits at a hook lets go when something newer is asked
web is created
  a size=1
web ends as CREATE_COMPLETE
that is remembered
web is updated with the hook pre-update at a
  a size=2
once a is waiting
web is updated
  a size=3
web ends as UPDATE_COMPLETE
a is the same as before
a was changed once
there is
  a size=3
