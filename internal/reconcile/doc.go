// Package reconcile runs one step function per key until each key is where it
// should be. A step looks at what is stored and what is known, does the next
// thing, and returns; whatever may have changed calls Wake. So a role is the
// same after a crash as before it: there is no state but the stored one.
//
// It stores nothing and orders nothing between keys.
//
//	deals := reconcile.New(log, step)
//	go deals.Run(ctx)
//	deals.Wake(id) // after every event about id
package reconcile
