# Nobody is there for a while, and the stack is none the worse
things take 5 s to be built
web is created
  a
  b on a
once a is there
the engine of web dies
after 120 s
an engine starts
web ends as CREATE_COMPLETE
there are
  a
  b on a
a was made once
