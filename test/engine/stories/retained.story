# What is to be kept stays when its stack goes
k may stay behind
web is created
  k size=7 kept
  b on k
web ends as CREATE_COMPLETE
web is deleted
web ends as DELETE_COMPLETE
there are
  k size=7
k of web went through CREATE_IN_PROGRESS, CREATE_COMPLETE, DELETE_IN_PROGRESS, DELETE_COMPLETE
