package generator

// Version is the version of the generator, which the code that it writes names, so
// that `codegen --check` can tell an old generator from an edited file. It is that of
// the module.
const Version = "0.1.0-dev" // set by specgen release
