# What comes out wrong is deleted and made again, a few times
a comes out in error twice
web is created
  a
  b on a
web ends as CREATE_COMPLETE
there are
  a
  b on a
a was made three times
b was made once
