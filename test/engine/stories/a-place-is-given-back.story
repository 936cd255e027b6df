# What had to leave its place for its replacement comes back to it
web is created
  h is a holder place=corner color=red
  b on h
web ends as CREATE_COMPLETE
that is remembered
z comes out in error always
web is updated with rollback
  h is a holder place=corner color=blue
  z after h
  b on h after z
web ends as ROLLBACK_COMPLETE
there are
  h place=corner color=red
  b on h
h is the same as before
