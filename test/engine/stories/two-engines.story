# Another engine goes on where one dies, and makes nothing twice
things take 20 s to be built
an engine starts
web is created
  a
  b on a
once b is begun
the engine of web dies
web ends as CREATE_COMPLETE
there are
  a
  b on a
a was made once
b was made once
