// Code generated from hostapi/schema; DO NOT EDIT.

#pragma once

#include "dump.h"

#include "lilypad/match_gen.h"
#include "lilypad/admit_gen.h"
#include "lilypad/allow_gen.h"
#include "lilypad/mediate_gen.h"
#include "lilypad/compare_gen.h"

static void dump_match_job(match_job x) {
	hexed("id", match_job_id(x), 32);
	hexed("module", match_job_module(x), 32);
	hexed("creator", match_job_creator(x), 20);
	number("gpus", match_job_gpus(x));
	number("vram", match_job_vram(x));
	number("cpu", match_job_cpu(x));
	number("ram", match_job_ram(x));
	number("disk", match_job_disk(x));
	number("max_price", match_job_max_price(x));
	number("provider_stake", match_job_provider_stake(x));
	number("mediation_fee", match_job_mediation_fee(x));
	number("audit_rate", match_job_audit_rate(x));
	number("timeout", match_job_timeout(x));
	number("engine", match_job_engine(x));
	number("network", match_job_network(x));
	text("module_name", match_job_module_name(x));
	if (!match_job_has_gpu_model(x)) {
		absent("gpu_model");
	} else {
		text("gpu_model", match_job_gpu_model(x));
	}
	if (!match_job_has_region(x)) {
		absent("region");
	} else {
		text("region", match_job_region(x));
	}
	number("labels", match_job_labels_count(x));
	for (uint32_t i = 0; i < match_job_labels_count(x); i++) {
		uint32_t back = enter_element("labels", i);
		lilypad_label e = match_job_labels_at(x, i);
		text("key", e.key);
		text("value", e.value);
		leave(back);
	}
}

static void dump_match_offer(match_offer x) {
	hexed("id", match_offer_id(x), 32);
	hexed("hardware_class", match_offer_hardware_class(x), 32);
	hexed("provider", match_offer_provider(x), 20);
	hexed("operator", match_offer_operator(x), 20);
	number("price", match_offer_price(x));
	number("max_stake", match_offer_max_stake(x));
	number("deposit", match_offer_deposit(x));
	number("since", match_offer_since(x));
	number("gpus", match_offer_gpus(x));
	number("vram", match_offer_vram(x));
	number("cpu", match_offer_cpu(x));
	number("ram", match_offer_ram(x));
	number("disk", match_offer_disk(x));
	number("max_timeout", match_offer_max_timeout(x));
	number("up_rate", match_offer_up_rate(x));
	number("jobs_ok", match_offer_jobs_ok(x));
	number("jobs_failed", match_offer_jobs_failed(x));
	number("disputes", match_offer_disputes(x));
	number("slashes", match_offer_slashes(x));
	number("slots", match_offer_slots(x));
	number("pair_ok", match_offer_pair_ok(x));
	number("pair_bad", match_offer_pair_bad(x));
	number("load", match_offer_load(x));
	if (!match_offer_has_gpu_model(x)) {
		absent("gpu_model");
	} else {
		text("gpu_model", match_offer_gpu_model(x));
	}
	if (!match_offer_has_region(x)) {
		absent("region");
	} else {
		text("region", match_offer_region(x));
	}
	number("labels", match_offer_labels_count(x));
	for (uint32_t i = 0; i < match_offer_labels_count(x); i++) {
		uint32_t back = enter_element("labels", i);
		lilypad_label e = match_offer_labels_at(x, i);
		text("key", e.key);
		text("value", e.value);
		leave(back);
	}
	number("queue", match_offer_queue(x));
	number("recent_jobs", match_offer_recent_jobs(x));
	number("inputs_here", match_offer_inputs_here(x));
	number("module_here", match_offer_module_here(x));
}

static void dump_admit_node(admit_node x) {
	hexed("address", admit_node_address(x), 20);
	number("running", admit_node_running(x));
	number("queued", admit_node_queued(x));
	number("slots", admit_node_slots(x));
	number("queue", admit_node_queue(x));
	number("gpus", admit_node_gpus(x));
	number("gpus_free", admit_node_gpus_free(x));
	number("vram_free", admit_node_vram_free(x));
	number("cpu_free", admit_node_cpu_free(x));
	number("ram_free", admit_node_ram_free(x));
	number("disk_free", admit_node_disk_free(x));
	number("minute_of_day", admit_node_minute_of_day(x));
	number("weekday", admit_node_weekday(x));
	number("deposit", admit_node_deposit(x));
	if (!admit_node_has_region(x)) {
		absent("region");
	} else {
		text("region", admit_node_region(x));
	}
}

static void dump_admit_request(admit_request x) {
	hexed("id", admit_request_id(x), 32);
	hexed("module", admit_request_module(x), 32);
	hexed("creator", admit_request_creator(x), 20);
	number("gpus", admit_request_gpus(x));
	number("vram", admit_request_vram(x));
	number("cpu", admit_request_cpu(x));
	number("ram", admit_request_ram(x));
	number("disk", admit_request_disk(x));
	number("max_price", admit_request_max_price(x));
	number("standing_price", admit_request_standing_price(x));
	number("provider_stake", admit_request_provider_stake(x));
	number("mediation_fee", admit_request_mediation_fee(x));
	number("audit_rate", admit_request_audit_rate(x));
	number("timeout", admit_request_timeout(x));
	number("engine", admit_request_engine(x));
	number("network", admit_request_network(x));
	number("input_size", admit_request_input_size(x));
	number("creator_ok", admit_request_creator_ok(x));
	number("creator_bad", admit_request_creator_bad(x));
	number("creator_disputes", admit_request_creator_disputes(x));
	number("module_ok", admit_request_module_ok(x));
	number("module_failed", admit_request_module_failed(x));
	if (!admit_request_has_creator_since(x)) {
		absent("creator_since");
	} else {
		number("creator_since", admit_request_creator_since(x));
	}
	text("module_name", admit_request_module_name(x));
	if (!admit_request_has_publisher(x)) {
		absent("publisher");
	} else {
		text("publisher", admit_request_publisher(x));
	}
	if (!admit_request_has_gpu_model(x)) {
		absent("gpu_model");
	} else {
		text("gpu_model", admit_request_gpu_model(x));
	}
	if (!admit_request_has_region(x)) {
		absent("region");
	} else {
		text("region", admit_request_region(x));
	}
	number("labels", admit_request_labels_count(x));
	for (uint32_t i = 0; i < admit_request_labels_count(x); i++) {
		uint32_t back = enter_element("labels", i);
		lilypad_label e = admit_request_labels_at(x, i);
		text("key", e.key);
		text("value", e.value);
		leave(back);
	}
	if (!admit_request_has_repository(x)) {
		absent("repository");
	} else {
		text("repository", admit_request_repository(x));
	}
	number("signers", admit_request_signers_count(x));
	for (uint32_t i = 0; i < admit_request_signers_count(x); i++) {
		uint32_t back = enter_element("signers", i);
		lilypad_signer e = admit_request_signers_at(x, i);
		text("identity", e.identity);
		text("issuer", e.issuer);
		leave(back);
	}
	number("creator_timeouts", admit_request_creator_timeouts(x));
	number("image_pinned", admit_request_image_pinned(x));
}

static void dump_allow_module(allow_module x) {
	hexed("id", allow_module_id(x), 32);
	hexed("digest", allow_module_digest(x), 32);
	hexed("template", allow_module_template(x), 32);
	number("gpus", allow_module_gpus(x));
	number("vram", allow_module_vram(x));
	number("cpu", allow_module_cpu(x));
	number("ram", allow_module_ram(x));
	number("disk", allow_module_disk(x));
	number("timeout", allow_module_timeout(x));
	number("role", allow_module_role(x));
	number("engine", allow_module_engine(x));
	number("listing", allow_module_listing(x));
	number("network", allow_module_network(x));
	text("name", allow_module_name(x));
	text("repository", allow_module_repository(x));
	text("commit", allow_module_commit(x));
	text("publisher", allow_module_publisher(x));
	text("image", allow_module_image(x));
	if (!allow_module_has_gpu_model(x)) {
		absent("gpu_model");
	} else {
		text("gpu_model", allow_module_gpu_model(x));
	}
	if (!allow_module_has_block_reason(x)) {
		absent("block_reason");
	} else {
		text("block_reason", allow_module_block_reason(x));
	}
	number("signers", allow_module_signers_count(x));
	for (uint32_t i = 0; i < allow_module_signers_count(x); i++) {
		uint32_t back = enter_element("signers", i);
		lilypad_signer e = allow_module_signers_at(x, i);
		text("identity", e.identity);
		text("issuer", e.issuer);
		leave(back);
	}
}

static void dump_compare_pair(compare_pair x) {
	hexed("a_root", compare_pair_a_root(x), 32);
	hexed("b_root", compare_pair_b_root(x), 32);
	number("a_size", compare_pair_a_size(x));
	number("b_size", compare_pair_b_size(x));
	number("a", compare_pair_a(x));
	number("b", compare_pair_b(x));
	number("a_files", compare_pair_a_files(x));
	number("b_files", compare_pair_b_files(x));
	number("params", compare_pair_params_count(x));
	for (uint32_t i = 0; i < compare_pair_params_count(x); i++) {
		uint32_t back = enter_element("params", i);
		lilypad_param e = compare_pair_params_at(x, i);
		text("key", e.key);
		signed_number("value", e.value);
		leave(back);
	}
	number("engine", compare_pair_engine(x));
}

static void dump_mediate_party(mediate_party x) {
	number("at", mediate_party_at(x));
	number("who", mediate_party_who(x));
	number("re", mediate_party_re(x));
	hexed("hardware_class", mediate_party_hardware_class(x), 32);
	hexed("address", mediate_party_address(x), 20);
	hexed("operator", mediate_party_operator(x), 20);
	number("stake", mediate_party_stake(x));
	number("since", mediate_party_since(x));
	number("jobs_ok", mediate_party_jobs_ok(x));
	number("jobs_bad", mediate_party_jobs_bad(x));
	number("checks_ok", mediate_party_checks_ok(x));
	number("checks_bad", mediate_party_checks_bad(x));
	number("standing", mediate_party_standing(x));
	if (!mediate_party_has_region(x)) {
		absent("region");
	} else {
		text("region", mediate_party_region(x));
	}
	number("fee", mediate_party_fee(x));
}

static void dump_mediate_ordered(mediate_ordered x) {
	number("at", mediate_ordered_at(x));
	number("who", mediate_ordered_who(x));
	number("re", mediate_ordered_re(x));
	number("key", mediate_ordered_key(x));
	number("kind", mediate_ordered_kind(x));
}

static void dump_mediate_result(mediate_result x) {
	number("at", mediate_result_at(x));
	number("who", mediate_result_who(x));
	number("re", mediate_result_re(x));
	hexed("content", mediate_result_content(x), 32);
	number("gpu_time", mediate_result_gpu_time(x));
	number("wall_time", mediate_result_wall_time(x));
	number("size", mediate_result_size(x));
	number("status", mediate_result_status(x));
}

static void dump_mediate_compared(mediate_compared x) {
	number("at", mediate_compared_at(x));
	number("who", mediate_compared_who(x));
	number("re", mediate_compared_re(x));
	number("a", mediate_compared_a(x));
	number("b", mediate_compared_b(x));
	number("distance", mediate_compared_distance(x));
	number("reason", mediate_compared_reason(x));
	number("sameness", mediate_compared_sameness(x));
	number("key", mediate_compared_key(x));
}

static void dump_mediate_missing(mediate_missing x) {
	number("at", mediate_missing_at(x));
	number("who", mediate_missing_who(x));
	number("re", mediate_missing_re(x));
	number("key", mediate_missing_key(x));
	number("why", mediate_missing_why(x));
}

static void dump_mediate_appeal(mediate_appeal x) {
	number("at", mediate_appeal_at(x));
	number("who", mediate_appeal_who(x));
	number("re", mediate_appeal_re(x));
	number("paid", mediate_appeal_paid(x));
	number("reason", mediate_appeal_reason(x));
}

static void dump_mediate_tick(mediate_tick x) {
	number("at", mediate_tick_at(x));
	number("who", mediate_tick_who(x));
	number("re", mediate_tick_re(x));
}

static void dump_mediate_commit(mediate_commit x) {
	number("at", mediate_commit_at(x));
	number("who", mediate_commit_who(x));
	number("re", mediate_commit_re(x));
	number("steps", mediate_commit_steps(x));
	hexed("trace", mediate_commit_trace(x), 32);
	hexed("last", mediate_commit_last(x), 32);
}

static void dump_mediate_open(mediate_open x) {
	number("at", mediate_open_at(x));
	number("who", mediate_open_who(x));
	number("re", mediate_open_re(x));
	number("index", mediate_open_index(x));
	hexed("node", mediate_open_node(x), 32);
	number("level", mediate_open_level(x));
	number("child", mediate_open_child(x));
}

static void dump_mediate_segment(mediate_segment x) {
	number("at", mediate_segment_at(x));
	number("who", mediate_segment_who(x));
	number("re", mediate_segment_re(x));
	number("key", mediate_segment_key(x));
	number("step", mediate_segment_step(x));
	hexed("start", mediate_segment_start(x), 32);
	hexed("claimed", mediate_segment_claimed(x), 32);
	hexed("ran", mediate_segment_ran(x), 32);
	hexed("proof", mediate_segment_proof(x), 32);
}

static void dump_mediate_event(mediate_event x) {
	if (mediate_event_is_party(x)) {
		uint32_t back = enter("party");
		dump_mediate_party(mediate_event_as_party(x));
		leave(back);
	}
	if (mediate_event_is_ordered(x)) {
		uint32_t back = enter("ordered");
		dump_mediate_ordered(mediate_event_as_ordered(x));
		leave(back);
	}
	if (mediate_event_is_result(x)) {
		uint32_t back = enter("result");
		dump_mediate_result(mediate_event_as_result(x));
		leave(back);
	}
	if (mediate_event_is_compared(x)) {
		uint32_t back = enter("compared");
		dump_mediate_compared(mediate_event_as_compared(x));
		leave(back);
	}
	if (mediate_event_is_missing(x)) {
		uint32_t back = enter("missing");
		dump_mediate_missing(mediate_event_as_missing(x));
		leave(back);
	}
	if (mediate_event_is_appeal(x)) {
		uint32_t back = enter("appeal");
		dump_mediate_appeal(mediate_event_as_appeal(x));
		leave(back);
	}
	if (mediate_event_is_tick(x)) {
		uint32_t back = enter("tick");
		dump_mediate_tick(mediate_event_as_tick(x));
		leave(back);
	}
	if (mediate_event_is_commit(x)) {
		uint32_t back = enter("commit");
		dump_mediate_commit(mediate_event_as_commit(x));
		leave(back);
	}
	if (mediate_event_is_open(x)) {
		uint32_t back = enter("open");
		dump_mediate_open(mediate_event_as_open(x));
		leave(back);
	}
	if (mediate_event_is_segment(x)) {
		uint32_t back = enter("segment");
		dump_mediate_segment(mediate_event_as_segment(x));
		leave(back);
	}
}

static void dump_mediate_case(mediate_case x) {
	hexed("id", mediate_case_id(x), 32);
	if (!mediate_case_has_seed(x)) {
		absent("seed");
	} else {
		hexed("seed", mediate_case_seed(x), 32);
	}
	number("opened", mediate_case_opened(x));
	number("now", mediate_case_now(x));
	number("deadline", mediate_case_deadline(x));
	if (!mediate_case_has_challenged(x)) {
		absent("challenged");
	} else {
		number("challenged", mediate_case_challenged(x));
	}
	number("price", mediate_case_price(x));
	number("provider_stake", mediate_case_provider_stake(x));
	number("creator_stake", mediate_case_creator_stake(x));
	number("mediation_fee", mediate_case_mediation_fee(x));
	number("late_penalty", mediate_case_late_penalty(x));
	number("max_runs", mediate_case_max_runs(x));
	number("audit_rate", mediate_case_audit_rate(x));
	number("level", mediate_case_level(x));
	number("phase", mediate_case_phase(x));
	number("params", mediate_case_params_count(x));
	for (uint32_t i = 0; i < mediate_case_params_count(x); i++) {
		uint32_t back = enter_element("params", i);
		lilypad_param e = mediate_case_params_at(x, i);
		text("key", e.key);
		signed_number("value", e.value);
		leave(back);
	}
	number("events", mediate_case_events_count(x));
	for (uint32_t i = 0; i < mediate_case_events_count(x); i++) {
		uint32_t back = enter_element("events", i);
		dump_mediate_event(mediate_case_events_at(x, i));
		leave(back);
	}
}

static const match_score sample_score = {
	.score = 1663540288323457296,
	.arg0 = 2820983053732684064u,
	.arg1 = 3978425819141910832u,
	.decision = 2,
	.reason = 20816,
};

static const admit_admission sample_admission = {
	.price = 1663540288323457296u,
	.arg0 = 2820983053732684064u,
	.arg1 = 3978425819141910832u,
	.answer = 1,
	.reason = 20816,
};

static const allow_ruling sample_ruling = {
	.arg0 = 1663540288323457296u,
	.arg1 = 2820983053732684064u,
	.rule = 858927408,
	.reason = 16704,
	.permission = 3,
};

static const mediate_action sample_action = {
	.key = 319951120,
	.item = 589439264,
	.a = 858927408,
	.b = 1128415552,
	.until = 6293311349960364368u,
	.arg0 = 7450754115369591136u,
	.arg1 = 8608196880778817904u,
	.confidence = 2206368128,
	.reason = 37264,
	.kind = 5,
	.place = 2,
	.outcome = 2,
};

static const compare_comparison sample_comparison = {
	.distance = 1663540288323457296u,
	.arg0 = 2820983053732684064u,
	.arg1 = 3978425819141910832u,
	.reason = 16704,
	.sameness = 3,
};
