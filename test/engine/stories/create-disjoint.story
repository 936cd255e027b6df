# What has nothing to do with each other is made at once
things take 10 s to be built
web is created
  a
  b on a
  x
  y on x
once b is begun
after 1 s
y is CREATE_IN_PROGRESS
web ends as CREATE_COMPLETE
there are
  a
  b on a
  x
  y on x
