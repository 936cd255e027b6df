# What can't be changed is replaced, and its user goes over before the old one goes
web is created
  a color=red
  b on a
web ends as CREATE_COMPLETE
that is remembered
web is updated
  a color=blue
  b on a
web ends as UPDATE_COMPLETE
there are
  a color=blue
  b on a
a is another as before
b is the same as before
a was made twice
