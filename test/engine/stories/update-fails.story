# A failed update leaves what it did; the next one goes on from there
web is created
  a size=1
  b on a
web ends as CREATE_COMPLETE
z comes out in error always
web is updated
  a size=2
  b on a
  z on b
web ends as UPDATE_FAILED: resources.z
a is UPDATE_COMPLETE
web is updated
  a size=2
  b on a
web ends as UPDATE_COMPLETE
there are
  a size=2
  b on a
a was made once
