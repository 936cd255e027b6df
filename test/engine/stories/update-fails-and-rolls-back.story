# With rollback a failed update goes back to what was
web is created
  a size=1
  b on a
web ends as CREATE_COMPLETE
that is remembered
z comes out in error always
web is updated with rollback
  a size=2
  n
  z on n
web ends as ROLLBACK_COMPLETE
there are
  a size=1
  b on a
a is the same as before
