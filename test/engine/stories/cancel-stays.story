# Cancelled without rollback, an update stays where it is
things take 10 s to be built
web is created
  a
web ends as CREATE_COMPLETE
web is updated
  a
  b on a
  c on b
once b is there
the update of web is cancelled without rollback
web ends as UPDATE_FAILED
c was never made
web is updated
  a
  b on a
web ends as UPDATE_COMPLETE
there are
  a
  b on a
