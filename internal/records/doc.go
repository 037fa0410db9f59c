// Package records keeps what a role knows of its jobs: one document per job, in
// memory and in the role's journal, moved on by its own steps and by the events
// of the chain. A change is in the journal before anyone sees it.
//
// It knows no role: what a record holds and what an event does to it is the
// role's.
//
//	table, err := records.Open(ctx, journal, "provider", record.clone)
//	err = table.Edit(ctx, id, func(r *record) { r.Stage = stageOpen })
package records
