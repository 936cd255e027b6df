# A replacement that was made goes again when a later resource fails, and the old one stays
web is created
  a color=red
  b on a
web ends as CREATE_COMPLETE
that is remembered
z comes out in error always
web is updated with rollback
  a color=blue
  z on a
  b on a after z
web ends as ROLLBACK_COMPLETE
there are
  a color=red
  b on a
a is the same as before
b is the same as before
