# Bad news fails what waits, and a rollback takes it back
web is created
  a size=1
web ends as CREATE_COMPLETE
that is remembered
web is updated with rollback
  a size=2
  l is a listener after a
once l is waiting
l of web is told bad news
web ends as ROLLBACK_COMPLETE
a is the same as before
there is
  a size=1
