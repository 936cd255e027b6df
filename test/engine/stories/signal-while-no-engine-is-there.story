# Another engine knows what was told while nobody worked on the stack
web is created
  h is a handle
  w is a condition on h timeout=300
  b is a holder after w place=here
once w is waiting
the engine of web dies
h of web is told good news
an engine starts
web ends as CREATE_COMPLETE
there is
  b place=here
b was made once
