// Program process is a whole driver to start from: a job's entrypoint is a
// program of this machine, run in the job's folder.
//
// It is no sandbox, and bounds nothing but time. The program sees the machine as
// the provider does, so only a provider who takes jobs from itself alone may use
// it. Its jobs die with it.
package main
