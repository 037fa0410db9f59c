// Workloads of a guest in C: deciding about records, and tight loops that
// suffer most from being counted.
typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;

struct offer { u64 price, stake; u32 gpus, vram, cpu, ram, ok, failed, region, labels[8]; };
struct score { long long score; u32 decision, reason; };

#define N 1000
static struct offer offers[N];
static struct score scores[N];
static double samples[4096];
static u8 text[1 << 16];

__attribute__((export_name("_initialize"))) void initialize(void) {
	u64 x = 88172645463325252ull;
	for (int i = 0; i < N; i++) {
		x ^= x << 13, x ^= x >> 7, x ^= x << 17;
		struct offer o = { x % 1000 + 1, x >> 40, x & 7, x >> 8 & 0xffff, x >> 3 & 63, x >> 5 & 255, x >> 7 & 127, x >> 9 & 3, x & 15, { 0 } };
		for (int k = 0; k < 8; k++) o.labels[k] = x >> (k * 7) & 31;
		offers[i] = o;
	}
	for (int i = 0; i < 4096; i++) samples[i] = (double)(i * 37 % 101) / 7;
	for (u32 i = 0; i < sizeof text; i++) text[i] = (u8)(i * 167 + 13);
}

static int labelled(const struct offer *o, u32 want) {
	for (int k = 0; k < 8; k++)
		if (o->labels[k] == want) return 1;
	return 0;
}

// match scores all offers for a job.
__attribute__((export_name("match"))) long long match(u32 gpus, u32 vram, u64 most) {
	long long best = 0;
	for (int i = 0; i < N; i++) {
		const struct offer *o = &offers[i];
		struct score *s = &scores[i];
		s->decision = 2;
		if (o->gpus < gpus) { s->reason = 1; continue; }
		if (o->vram < vram) { s->reason = 2; continue; }
		if (o->price > most) { s->reason = 3; continue; }
		if (!labelled(o, 7)) { s->reason = 4; continue; }
		s->decision = 1;
		s->score = (long long)(most - o->price) * 1000 / (1 + o->failed) + o->ok;
		if (s->score > best) best = s->score;
	}
	return best;
}

// hash is FNV-1a: a loop of four instructions.
__attribute__((export_name("hash"))) u32 hash(void) {
	u32 h = 2166136261u;
#pragma clang loop unroll(disable)
	for (u32 i = 0; i < sizeof text; i++) h = (h ^ text[i]) * 16777619u;
	return h;
}

// mean is arithmetic on floats.
__attribute__((export_name("mean"))) double mean(void) {
	double sum = 0, squares = 0;
	for (int i = 0; i < 4096; i++) sum += samples[i], squares += samples[i] * samples[i];
	return sum / 4096 - squares;
}

// calls is recursion: nothing but calls.
__attribute__((export_name("calls"), noinline)) u32 calls(u32 n) { return n < 2 ? n : calls(n - 1) + calls(n - 2); }

// sort is Shell's: loops in loops, branches that cannot be foretold.
__attribute__((export_name("sort"))) u32 sort(void) {
	static u32 v[N];
	for (int i = 0; i < N; i++) v[i] = (u32)(i * 2654435761u);
	for (int gap = N / 2; gap > 0; gap /= 2)
		for (int i = gap; i < N; i++) {
			u32 x = v[i];
			int k = i;
			for (; k >= gap && v[k - gap] > x; k -= gap) v[k] = v[k - gap];
			v[k] = x;
		}
	return v[N / 2];
}
