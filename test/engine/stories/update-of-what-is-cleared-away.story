# What came out wrong, and is on its way out when a rollback looks at it, is made anew
things take 10 s to go
a comes out in error once
web is created
  a size=1
once a is there
after 1 s
web is updated
  a size=2
the update of web is cancelled
web ends as ROLLBACK_COMPLETE
there are
  a size=1
a was made twice
