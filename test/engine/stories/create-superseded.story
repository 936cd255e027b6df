# A new target comes while the first is under way
things take 5 s to be built
web is created
  a
  b on a
  c on b
once b is begun
web is updated
  a
  b on a
  d on b
web ends as UPDATE_COMPLETE
there are
  a
  b on a
  d on b
a was made once
b was made once
c was never made
