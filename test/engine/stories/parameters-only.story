# A PATCH with another parameter keeps the template and changes what reads it
web is created
  a size=$size
  ?b on a
web ends as CREATE_COMPLETE
there are
  a size=1
web is updated with size=5 wide=true
web ends as UPDATE_COMPLETE
there are
  a size=5
  b on a
web is updated with wide=false
web ends as UPDATE_COMPLETE
there are
  a size=5
a was made once
