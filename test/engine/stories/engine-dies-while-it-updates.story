# An update in place that an engine did not live to end is done by the next
things take 5 s to be built
an engine starts
web is created
  a size=1
  b on a size=1
web ends as CREATE_COMPLETE
web is updated
  a size=2
  b on a size=2
  c on b
once c is begun
the engine of web dies
web ends as UPDATE_COMPLETE
there are
  a size=2
  b on a size=2
  c on b
c was made once
