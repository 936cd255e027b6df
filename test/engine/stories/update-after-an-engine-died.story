# What is asked while no engine is there is what counts when one comes
things take 5 s to be built
web is created
  a
  b on a
once a is there
the engine of web dies
web is updated
  a
  c on a
an engine starts
web ends as UPDATE_COMPLETE
there are
  a
  c on a
a was made once
b was never made
