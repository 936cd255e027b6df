# An engine that slept does no harm when it wakes
things take 10 s to be built
an engine starts
web is created
  a
  b on a
once a is there
the engine of web is frozen for 60 s
after 90 s
web ends as CREATE_COMPLETE
there are
  a
  b on a
a was made once
b was made once
