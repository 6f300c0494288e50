package job

// NextTry is nextTry.
var NextTry = nextTry
