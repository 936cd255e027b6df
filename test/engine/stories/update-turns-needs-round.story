# What needed another is needed by it now, and both are replaced
web is created
  a color=red
  b on a color=red
web ends as CREATE_COMPLETE
web is updated
  b color=blue
  a on b color=blue
web ends as UPDATE_COMPLETE
there are
  b color=blue
  a on b color=blue
a was made twice
b was made twice
