# A group grows and shrinks at its end, and its members stay
web is created
  g is a group of 2 size=1
web ends as CREATE_COMPLETE
that is remembered
web is updated
  g is a group of 4 size=1
web ends as UPDATE_COMPLETE
there are
  0
  1
  2
  3
0 is the same as before
web is updated
  g is a group of 1 size=1
web ends as UPDATE_COMPLETE
there are
  0
0 is the same as before
