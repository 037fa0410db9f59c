// Program drivertest is the drivers that the tests of driver start: an honest
// one, with jobs of noop, and hostile ones. The name by which it is started
// says which. Only tests build it.
package main
