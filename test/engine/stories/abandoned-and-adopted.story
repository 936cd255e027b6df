# Another stack takes over what an abandoned one left, and makes nothing anew
web is created
  a size=1
  b on a
  p is a pair
  g is a group of 2
web ends as CREATE_COMPLETE
that is remembered
web is abandoned
again is adopted from what was web
again ends as ADOPT_COMPLETE
a was made once
p is the same as before
again is updated
  a size=2
  b on a
again ends as UPDATE_COMPLETE
a is the same as before
there are
  a size=2
  b on a
again is deleted
again ends as DELETE_COMPLETE
there is nothing
