# A cancelled update goes back to what was
things take 10 s to be built
web is created
  a size=1
web ends as CREATE_COMPLETE
web is updated
  a size=2
  b on a
  c on b
once b is there
the update of web is cancelled
web ends as ROLLBACK_COMPLETE
there are
  a size=1
c was never made
