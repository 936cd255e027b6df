# What can be changed in place is, and who reads it follows
web is created
  a size=1
  b on a size=a.size
web ends as CREATE_COMPLETE
that is remembered
web is updated
  a size=2
  b on a size=a.size
web ends as UPDATE_COMPLETE
there are
  a size=2
  b on a size=2
a is the same as before
b is the same as before
