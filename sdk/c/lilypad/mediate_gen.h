// Code generated from hostapi/schema; DO NOT EDIT.

#pragma once

#include "item.h"

#include "common_gen.h"

// mediate_phase is the state of a deal in which a case is decided.
typedef enum {
	MEDIATE_PHASE_REVIEW = 1, // the creator judges the result of its own deal
	MEDIATE_PHASE_MEDIATION = 2, // a drawn mediator judges a challenged one
} mediate_phase;

// mediate_standing is why a party is part of a case.
typedef enum {
	MEDIATE_STANDING_PROVIDER = 1, // of the deal that is judged; exactly one
	MEDIATE_STANDING_CREATOR = 2,
	MEDIATE_STANDING_REPLICA = 3, // a provider that was asked to run the same job
	MEDIATE_STANDING_MEDIATOR = 4, // the one that decides; its own run is under this party
} mediate_standing;

// mediate_action_kind is what a scheme asks its host to do.
typedef enum {
	MEDIATE_ACTION_KIND_EXECUTE = 1,
	MEDIATE_ACTION_KIND_COMPARE = 2,
	MEDIATE_ACTION_KIND_DRAW = 3,
	MEDIATE_ACTION_KIND_WAIT = 4,
	MEDIATE_ACTION_KIND_VERDICT = 5,
	MEDIATE_ACTION_KIND_BISECT = 6, // play two results against each other until one step is left
} mediate_action_kind;

// mediate_place is where a replica may run.
typedef enum {
	MEDIATE_PLACE_ANY = 0,
	MEDIATE_PLACE_SAME_CLASS = 1, // on the hardware class of the deal's provider
	MEDIATE_PLACE_OTHER_OWNER = 2, // at an operator with no part in the case
} mediate_place;

// mediate_outcome is what a verdict says of the judged result.
typedef enum {
	MEDIATE_OUTCOME_NONE = 0,
	MEDIATE_OUTCOME_UPHELD = 1,
	MEDIATE_OUTCOME_LATE = 2,
	MEDIATE_OUTCOME_REFUND = 3,
	MEDIATE_OUTCOME_FRAUD = 4,
} mediate_outcome;

// mediate_absence is why an order was not answered.
typedef enum {
	MEDIATE_ABSENCE_DECLINED = 1,
	MEDIATE_ABSENCE_LATE = 2,
	MEDIATE_ABSENCE_FAULT = 3,
} mediate_absence;

// mediate_run_status is how a job ended.
typedef enum {
	MEDIATE_RUN_STATUS_SUCCEEDED = 1,
	MEDIATE_RUN_STATUS_FAILED = 2,
	MEDIATE_RUN_STATUS_OUT_OF_MEMORY = 3,
	MEDIATE_RUN_STATUS_TIMED_OUT = 4,
} mediate_run_status;

// mediate_case is one doubt, with all that is known of it.
typedef struct {
	lilypad_item it;
} mediate_case;

enum {
	MEDIATE_CASE_KIND = 7,
	MEDIATE_CASE_SIZE = 184,
};

_Static_assert(184 <= sizeof lilypad_nothing, "lilypad_nothing stands for any record");

// mediate_party is someone who takes part. Its position in the events is its name in all others.
typedef struct {
	lilypad_item it;
} mediate_party;

enum {
	MEDIATE_PARTY_KIND = 8,
	MEDIATE_PARTY_SIZE = 160,
};

_Static_assert(160 <= sizeof lilypad_nothing, "lilypad_nothing stands for any record");

// mediate_ordered is the fact that an action was performed.
typedef struct {
	lilypad_item it;
} mediate_ordered;

enum {
	MEDIATE_ORDERED_KIND = 9,
	MEDIATE_ORDERED_SIZE = 40,
};

_Static_assert(40 <= sizeof lilypad_nothing, "lilypad_nothing stands for any record");

// mediate_result is the fact that a run ended.
typedef struct {
	lilypad_item it;
} mediate_result;

enum {
	MEDIATE_RESULT_KIND = 10,
	MEDIATE_RESULT_SIZE = 96,
};

_Static_assert(96 <= sizeof lilypad_nothing, "lilypad_nothing stands for any record");

// mediate_compared is the fact that two results were compared.
typedef struct {
	lilypad_item it;
} mediate_compared;

enum {
	MEDIATE_COMPARED_KIND = 11,
	MEDIATE_COMPARED_SIZE = 64,
};

_Static_assert(64 <= sizeof lilypad_nothing, "lilypad_nothing stands for any record");

// mediate_missing is the fact that an order was not answered.
typedef struct {
	lilypad_item it;
} mediate_missing;

enum {
	MEDIATE_MISSING_KIND = 12,
	MEDIATE_MISSING_SIZE = 40,
};

_Static_assert(40 <= sizeof lilypad_nothing, "lilypad_nothing stands for any record");

// mediate_appeal is the fact that someone pays for a further level. Simulation and shadow mode only.
typedef struct {
	lilypad_item it;
} mediate_appeal;

enum {
	MEDIATE_APPEAL_KIND = 13,
	MEDIATE_APPEAL_SIZE = 48,
};

_Static_assert(48 <= sizeof lilypad_nothing, "lilypad_nothing stands for any record");

// mediate_tick is the fact that time has passed.
typedef struct {
	lilypad_item it;
} mediate_tick;

enum {
	MEDIATE_TICK_KIND = 14,
	MEDIATE_TICK_SIZE = 32,
};

_Static_assert(32 <= sizeof lilypad_nothing, "lilypad_nothing stands for any record");

// mediate_commit is the fact that a party to a bisect stood by the trace of its run.
typedef struct {
	lilypad_item it;
} mediate_commit;

enum {
	MEDIATE_COMMIT_KIND = 17,
	MEDIATE_COMMIT_SIZE = 104,
};

_Static_assert(104 <= sizeof lilypad_nothing, "lilypad_nothing stands for any record");

// mediate_open is the fact that a party opened a node of its trace.
typedef struct {
	lilypad_item it;
} mediate_open;

enum {
	MEDIATE_OPEN_KIND = 18,
	MEDIATE_OPEN_SIZE = 80,
};

_Static_assert(80 <= sizeof lilypad_nothing, "lilypad_nothing stands for any record");

// mediate_segment is the fact that one step was run, which shows a party wrong.
typedef struct {
	lilypad_item it;
} mediate_segment;

enum {
	MEDIATE_SEGMENT_KIND = 19,
	MEDIATE_SEGMENT_SIZE = 176,
};

_Static_assert(176 <= sizeof lilypad_nothing, "lilypad_nothing stands for any record");

// mediate_action is at least one per case; of a case with a verdict the only one.
typedef struct {
	uint32_t key; // an action is performed once per key
	uint32_t item; // position of the case in the batch
	uint32_t a; // the position of an event in its case's events; compare: a result; bisect: the deal's own
	uint32_t b; // the position of an event in its case's events; compare: another; bisect: another, or none: what was shown against a
	uint64_t until; // s, block time since the Unix epoch; execute, wait: when to stop waiting
	uint64_t arg0;
	uint64_t arg1;
	uint32_t confidence; // parts in a million; verdict
	uint16_t reason;
	mediate_action_kind kind;
	mediate_place place; // execute
	mediate_outcome outcome; // verdict
} mediate_action;

enum {
	MEDIATE_ACTION_SIZE = 56,
};

static inline void mediate_action_put(const mediate_action *x, uint8_t *b) {
	lilypad_put_u32(b, 0, (uint32_t)x->key);
	lilypad_put_u32(b, 4, (uint32_t)x->item);
	lilypad_put_u32(b, 8, (uint32_t)x->a);
	lilypad_put_u32(b, 12, (uint32_t)x->b);
	lilypad_put_u64(b, 16, (uint64_t)x->until);
	lilypad_put_u64(b, 24, (uint64_t)x->arg0);
	lilypad_put_u64(b, 32, (uint64_t)x->arg1);
	lilypad_put_u32(b, 40, (uint32_t)x->confidence);
	lilypad_put_u16(b, 44, (uint16_t)x->reason);
	lilypad_put_u8(b, 46, (uint8_t)x->kind);
	lilypad_put_u8(b, 47, (uint8_t)x->place);
	lilypad_put_u8(b, 48, (uint8_t)x->outcome);
}

// mediate_event is a fact of a case.
typedef struct {
	lilypad_item it;
} mediate_event;

// mediate_event_view checks what is known of the item's kind, and of one of later
// days what all kinds share.
static inline mediate_event mediate_event_view(lilypad_item it) {
	uint32_t size = 32;
	switch (lilypad_kind(it)) {
	case MEDIATE_PARTY_KIND:
		size = MEDIATE_PARTY_SIZE;
		break;
	case MEDIATE_ORDERED_KIND:
		size = MEDIATE_ORDERED_SIZE;
		break;
	case MEDIATE_RESULT_KIND:
		size = MEDIATE_RESULT_SIZE;
		break;
	case MEDIATE_COMPARED_KIND:
		size = MEDIATE_COMPARED_SIZE;
		break;
	case MEDIATE_MISSING_KIND:
		size = MEDIATE_MISSING_SIZE;
		break;
	case MEDIATE_APPEAL_KIND:
		size = MEDIATE_APPEAL_SIZE;
		break;
	case MEDIATE_TICK_KIND:
		size = MEDIATE_TICK_SIZE;
		break;
	case MEDIATE_COMMIT_KIND:
		size = MEDIATE_COMMIT_SIZE;
		break;
	case MEDIATE_OPEN_KIND:
		size = MEDIATE_OPEN_SIZE;
		break;
	case MEDIATE_SEGMENT_KIND:
		size = MEDIATE_SEGMENT_SIZE;
		break;
	}
	return (mediate_event){lilypad_least(it, size)};
}

// s, block time since the Unix epoch
static inline uint64_t mediate_event_at(mediate_event x) {
	return lilypad_read_u64(x.it, 16);
}
// the position of a party in its case's events
static inline uint64_t mediate_event_who(mediate_event x) {
	return lilypad_read_u32(x.it, 24);
}
// the position of an event in its case's events
static inline uint64_t mediate_event_re(mediate_event x) {
	return lilypad_read_u32(x.it, 28);
}
static inline bool mediate_event_is_party(mediate_event x) {
	return lilypad_kind(x.it) == MEDIATE_PARTY_KIND;
}
// only of an event that is one
static inline mediate_party mediate_event_as_party(mediate_event x) {
	return (mediate_party){x.it};
}
static inline bool mediate_event_is_ordered(mediate_event x) {
	return lilypad_kind(x.it) == MEDIATE_ORDERED_KIND;
}
// only of an event that is one
static inline mediate_ordered mediate_event_as_ordered(mediate_event x) {
	return (mediate_ordered){x.it};
}
static inline bool mediate_event_is_result(mediate_event x) {
	return lilypad_kind(x.it) == MEDIATE_RESULT_KIND;
}
// only of an event that is one
static inline mediate_result mediate_event_as_result(mediate_event x) {
	return (mediate_result){x.it};
}
static inline bool mediate_event_is_compared(mediate_event x) {
	return lilypad_kind(x.it) == MEDIATE_COMPARED_KIND;
}
// only of an event that is one
static inline mediate_compared mediate_event_as_compared(mediate_event x) {
	return (mediate_compared){x.it};
}
static inline bool mediate_event_is_missing(mediate_event x) {
	return lilypad_kind(x.it) == MEDIATE_MISSING_KIND;
}
// only of an event that is one
static inline mediate_missing mediate_event_as_missing(mediate_event x) {
	return (mediate_missing){x.it};
}
static inline bool mediate_event_is_appeal(mediate_event x) {
	return lilypad_kind(x.it) == MEDIATE_APPEAL_KIND;
}
// only of an event that is one
static inline mediate_appeal mediate_event_as_appeal(mediate_event x) {
	return (mediate_appeal){x.it};
}
static inline bool mediate_event_is_tick(mediate_event x) {
	return lilypad_kind(x.it) == MEDIATE_TICK_KIND;
}
// only of an event that is one
static inline mediate_tick mediate_event_as_tick(mediate_event x) {
	return (mediate_tick){x.it};
}
static inline bool mediate_event_is_commit(mediate_event x) {
	return lilypad_kind(x.it) == MEDIATE_COMMIT_KIND;
}
// only of an event that is one
static inline mediate_commit mediate_event_as_commit(mediate_event x) {
	return (mediate_commit){x.it};
}
static inline bool mediate_event_is_open(mediate_event x) {
	return lilypad_kind(x.it) == MEDIATE_OPEN_KIND;
}
// only of an event that is one
static inline mediate_open mediate_event_as_open(mediate_event x) {
	return (mediate_open){x.it};
}
static inline bool mediate_event_is_segment(mediate_event x) {
	return lilypad_kind(x.it) == MEDIATE_SEGMENT_KIND;
}
// only of an event that is one
static inline mediate_segment mediate_event_as_segment(mediate_event x) {
	return (mediate_segment){x.it};
}

static inline const uint8_t *mediate_case_id(mediate_case x) {
	return x.it.at + 16;
}
// review: the audit coin, a big-endian number, audited when it modulo 10000 is below audit_rate; mediation: the draw seed; zero when there is none
static inline const uint8_t *mediate_case_seed(mediate_case x) {
	return x.it.at + 48;
}
static inline bool mediate_case_has_seed(mediate_case x) {
	return lilypad_has(x.it, 0);
}
// s, block time since the Unix epoch
static inline uint64_t mediate_case_opened(mediate_case x) {
	return lilypad_read_u64(x.it, 80);
}
// s, block time since the Unix epoch
static inline uint64_t mediate_case_now(mediate_case x) {
	return lilypad_read_u64(x.it, 88);
}
// s, block time since the Unix epoch; of the verdict
static inline uint64_t mediate_case_deadline(mediate_case x) {
	return lilypad_read_u64(x.it, 96);
}
// s, block time since the Unix epoch; zero when there is none
static inline uint64_t mediate_case_challenged(mediate_case x) {
	return lilypad_read_u64(x.it, 104);
}
static inline bool mediate_case_has_challenged(mediate_case x) {
	return lilypad_has(x.it, 1);
}
// micro-LILY
static inline uint64_t mediate_case_price(mediate_case x) {
	return lilypad_read_u64(x.it, 112);
}
// micro-LILY
static inline uint64_t mediate_case_provider_stake(mediate_case x) {
	return lilypad_read_u64(x.it, 120);
}
// micro-LILY
static inline uint64_t mediate_case_creator_stake(mediate_case x) {
	return lilypad_read_u64(x.it, 128);
}
// micro-LILY
static inline uint64_t mediate_case_mediation_fee(mediate_case x) {
	return lilypad_read_u64(x.it, 136);
}
// micro-LILY
static inline uint64_t mediate_case_late_penalty(mediate_case x) {
	return lilypad_read_u64(x.it, 144);
}
// execute actions that the host will perform
static inline uint64_t mediate_case_max_runs(mediate_case x) {
	return lilypad_read_u32(x.it, 152);
}
// parts in ten thousand
static inline uint64_t mediate_case_audit_rate(mediate_case x) {
	return lilypad_read_u32(x.it, 156);
}
// panels that decided before this one
static inline uint64_t mediate_case_level(mediate_case x) {
	return lilypad_read_u16(x.it, 160);
}
static inline mediate_phase mediate_case_phase(mediate_case x) {
	return (mediate_phase)lilypad_read_u8(x.it, 162);
}
static inline uint32_t mediate_case_params_count(mediate_case x) {
	return lilypad_list_of(x.it, 168, 16).n;
}
static inline lilypad_param mediate_case_params_at(mediate_case x, uint32_t i) {
	return lilypad_param_read(x.it, lilypad_list_at(lilypad_list_of(x.it, 168, 16), i));
}
// ordered by time; an event that was seen never moves
static inline uint32_t mediate_case_events_count(mediate_case x) {
	return lilypad_list_of(x.it, 176, 4).n;
}
static inline mediate_event mediate_case_events_at(mediate_case x, uint32_t i) {
	return mediate_event_view(lilypad_nested(x.it, lilypad_list_at(lilypad_list_of(x.it, 176, 4), i)));
}

// s, block time since the Unix epoch
static inline uint64_t mediate_party_at(mediate_party x) {
	return lilypad_read_u64(x.it, 16);
}
// the position of a party in its case's events; its own position
static inline uint64_t mediate_party_who(mediate_party x) {
	return lilypad_read_u32(x.it, 24);
}
// the position of an event in its case's events; none
static inline uint64_t mediate_party_re(mediate_party x) {
	return lilypad_read_u32(x.it, 28);
}
static inline const uint8_t *mediate_party_hardware_class(mediate_party x) {
	return x.it.at + 32;
}
static inline const uint8_t *mediate_party_address(mediate_party x) {
	return x.it.at + 64;
}
static inline const uint8_t *mediate_party_operator(mediate_party x) {
	return x.it.at + 84;
}
// micro-LILY
static inline uint64_t mediate_party_stake(mediate_party x) {
	return lilypad_read_u64(x.it, 104);
}
// s, block time since the Unix epoch
static inline uint64_t mediate_party_since(mediate_party x) {
	return lilypad_read_u64(x.it, 112);
}
static inline uint64_t mediate_party_jobs_ok(mediate_party x) {
	return lilypad_read_u32(x.it, 120);
}
static inline uint64_t mediate_party_jobs_bad(mediate_party x) {
	return lilypad_read_u32(x.it, 124);
}
// runs of it that were checked and found good
static inline uint64_t mediate_party_checks_ok(mediate_party x) {
	return lilypad_read_u32(x.it, 128);
}
static inline uint64_t mediate_party_checks_bad(mediate_party x) {
	return lilypad_read_u32(x.it, 132);
}
static inline mediate_standing mediate_party_standing(mediate_party x) {
	return (mediate_standing)lilypad_read_u8(x.it, 136);
}
// zero when there is none
static inline lilypad_str mediate_party_region(mediate_party x) {
	return lilypad_read_str(x.it, 144);
}
static inline bool mediate_party_has_region(mediate_party x) {
	return lilypad_has(x.it, 0);
}
// micro-LILY; what a run of it costs
static inline uint64_t mediate_party_fee(mediate_party x) {
	return lilypad_read_u64(x.it, 152);
}

// s, block time since the Unix epoch
static inline uint64_t mediate_ordered_at(mediate_ordered x) {
	return lilypad_read_u64(x.it, 16);
}
// the position of a party in its case's events; asked: the replica or mediator of an execute, the party of b of a bisect, else none
static inline uint64_t mediate_ordered_who(mediate_ordered x) {
	return lilypad_read_u32(x.it, 24);
}
// the position of an event in its case's events; none
static inline uint64_t mediate_ordered_re(mediate_ordered x) {
	return lilypad_read_u32(x.it, 28);
}
static inline uint64_t mediate_ordered_key(mediate_ordered x) {
	return lilypad_read_u32(x.it, 32);
}
static inline mediate_action_kind mediate_ordered_kind(mediate_ordered x) {
	return (mediate_action_kind)lilypad_read_u8(x.it, 36);
}

// s, block time since the Unix epoch; when it was handed over; of the deal's own, by the provider
static inline uint64_t mediate_result_at(mediate_result x) {
	return lilypad_read_u64(x.it, 16);
}
// the position of a party in its case's events
static inline uint64_t mediate_result_who(mediate_result x) {
	return lilypad_read_u32(x.it, 24);
}
// the position of an event in its case's events; the order; none for the deal's own result
static inline uint64_t mediate_result_re(mediate_result x) {
	return lilypad_read_u32(x.it, 28);
}
// content id of what is compared
static inline const uint8_t *mediate_result_content(mediate_result x) {
	return x.it.at + 32;
}
// ms
static inline uint64_t mediate_result_gpu_time(mediate_result x) {
	return lilypad_read_u64(x.it, 64);
}
// ms
static inline uint64_t mediate_result_wall_time(mediate_result x) {
	return lilypad_read_u64(x.it, 72);
}
// bytes
static inline uint64_t mediate_result_size(mediate_result x) {
	return lilypad_read_u64(x.it, 80);
}
static inline mediate_run_status mediate_result_status(mediate_result x) {
	return (mediate_run_status)lilypad_read_u8(x.it, 88);
}

// s, block time since the Unix epoch
static inline uint64_t mediate_compared_at(mediate_compared x) {
	return lilypad_read_u64(x.it, 16);
}
// the position of a party in its case's events; none
static inline uint64_t mediate_compared_who(mediate_compared x) {
	return lilypad_read_u32(x.it, 24);
}
// the position of an event in its case's events; the order
static inline uint64_t mediate_compared_re(mediate_compared x) {
	return lilypad_read_u32(x.it, 28);
}
// the position of an event in its case's events
static inline uint64_t mediate_compared_a(mediate_compared x) {
	return lilypad_read_u32(x.it, 32);
}
// the position of an event in its case's events
static inline uint64_t mediate_compared_b(mediate_compared x) {
	return lilypad_read_u32(x.it, 36);
}
// ppm, as the comparator gave it
static inline uint64_t mediate_compared_distance(mediate_compared x) {
	return lilypad_read_u64(x.it, 40);
}
static inline uint64_t mediate_compared_reason(mediate_compared x) {
	return lilypad_read_u16(x.it, 48);
}
static inline lilypad_sameness mediate_compared_sameness(mediate_compared x) {
	return (lilypad_sameness)lilypad_read_u8(x.it, 50);
}
static inline uint64_t mediate_compared_key(mediate_compared x) {
	return lilypad_read_u32(x.it, 56);
}

// s, block time since the Unix epoch
static inline uint64_t mediate_missing_at(mediate_missing x) {
	return lilypad_read_u64(x.it, 16);
}
// the position of a party in its case's events
static inline uint64_t mediate_missing_who(mediate_missing x) {
	return lilypad_read_u32(x.it, 24);
}
// the position of an event in its case's events; the order
static inline uint64_t mediate_missing_re(mediate_missing x) {
	return lilypad_read_u32(x.it, 28);
}
static inline uint64_t mediate_missing_key(mediate_missing x) {
	return lilypad_read_u32(x.it, 32);
}
static inline mediate_absence mediate_missing_why(mediate_missing x) {
	return (mediate_absence)lilypad_read_u8(x.it, 36);
}

// s, block time since the Unix epoch
static inline uint64_t mediate_appeal_at(mediate_appeal x) {
	return lilypad_read_u64(x.it, 16);
}
// the position of a party in its case's events
static inline uint64_t mediate_appeal_who(mediate_appeal x) {
	return lilypad_read_u32(x.it, 24);
}
// the position of an event in its case's events; none
static inline uint64_t mediate_appeal_re(mediate_appeal x) {
	return lilypad_read_u32(x.it, 28);
}
// micro-LILY
static inline uint64_t mediate_appeal_paid(mediate_appeal x) {
	return lilypad_read_u64(x.it, 32);
}
static inline uint64_t mediate_appeal_reason(mediate_appeal x) {
	return lilypad_read_u16(x.it, 40);
}

// s, block time since the Unix epoch
static inline uint64_t mediate_tick_at(mediate_tick x) {
	return lilypad_read_u64(x.it, 16);
}
// the position of a party in its case's events; none
static inline uint64_t mediate_tick_who(mediate_tick x) {
	return lilypad_read_u32(x.it, 24);
}
// the position of an event in its case's events; none
static inline uint64_t mediate_tick_re(mediate_tick x) {
	return lilypad_read_u32(x.it, 28);
}

// s, block time since the Unix epoch
static inline uint64_t mediate_commit_at(mediate_commit x) {
	return lilypad_read_u64(x.it, 16);
}
// the position of a party in its case's events
static inline uint64_t mediate_commit_who(mediate_commit x) {
	return lilypad_read_u32(x.it, 24);
}
// the position of an event in its case's events; the order
static inline uint64_t mediate_commit_re(mediate_commit x) {
	return lilypad_read_u32(x.it, 28);
}
// that the run took
static inline uint64_t mediate_commit_steps(mediate_commit x) {
	return lilypad_read_u64(x.it, 32);
}
// root over the states of all steps
static inline const uint8_t *mediate_commit_trace(mediate_commit x) {
	return x.it.at + 40;
}
// the state that it ended in
static inline const uint8_t *mediate_commit_last(mediate_commit x) {
	return x.it.at + 72;
}

// s, block time since the Unix epoch
static inline uint64_t mediate_open_at(mediate_open x) {
	return lilypad_read_u64(x.it, 16);
}
// the position of a party in its case's events
static inline uint64_t mediate_open_who(mediate_open x) {
	return lilypad_read_u32(x.it, 24);
}
// the position of an event in its case's events; the order
static inline uint64_t mediate_open_re(mediate_open x) {
	return lilypad_read_u32(x.it, 28);
}
// of the node in its level
static inline uint64_t mediate_open_index(mediate_open x) {
	return lilypad_read_u64(x.it, 32);
}
static inline const uint8_t *mediate_open_node(mediate_open x) {
	return x.it.at + 40;
}
// 1 is above the states
static inline uint64_t mediate_open_level(mediate_open x) {
	return lilypad_read_u8(x.it, 72);
}
// the first in which the parties differ
static inline uint64_t mediate_open_child(mediate_open x) {
	return lilypad_read_u8(x.it, 73);
}

// s, block time since the Unix epoch
static inline uint64_t mediate_segment_at(mediate_segment x) {
	return lilypad_read_u64(x.it, 16);
}
// the position of a party in its case's events; that is wrong; none: nobody was shown to be
static inline uint64_t mediate_segment_who(mediate_segment x) {
	return lilypad_read_u32(x.it, 24);
}
// the position of an event in its case's events; the order
static inline uint64_t mediate_segment_re(mediate_segment x) {
	return lilypad_read_u32(x.it, 28);
}
static inline uint64_t mediate_segment_key(mediate_segment x) {
	return lilypad_read_u32(x.it, 32);
}
static inline uint64_t mediate_segment_step(mediate_segment x) {
	return lilypad_read_u64(x.it, 40);
}
// the state before it
static inline const uint8_t *mediate_segment_start(mediate_segment x) {
	return x.it.at + 48;
}
// the state behind it, as the party has it
static inline const uint8_t *mediate_segment_claimed(mediate_segment x) {
	return x.it.at + 80;
}
// the state behind it, as it was run
static inline const uint8_t *mediate_segment_ran(mediate_segment x) {
	return x.it.at + 112;
}
// content id; zero when there is none
static inline const uint8_t *mediate_segment_proof(mediate_segment x) {
	return x.it.at + 144;
}
