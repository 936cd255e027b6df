# What is being made is finished first, and changed when it is there
things take 5 s to be built
web is created
  a size=1
  b on a size=1
once a is there
web is updated
  a size=2
  b on a size=2
web ends as UPDATE_COMPLETE
there are
  a size=2
  b on a size=2
a was made once
b was made once
