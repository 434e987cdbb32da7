#pragma once

#include <cstddef>
#include <cstdint>

// The exports of sotto.wasm: an instance holds one engine (client/engine.h). Beside them the module exports its
// `memory` and `_initialize`, which comes first and once. Imports are named by module: `sodium` (crypto/host/sodium.h),
// `database` (host_database.cpp) and `sotto` (base/invariant_wasm.cpp).
//
// Times are milliseconds since 1970 as 64-bit floating-point numbers, which hold them exactly. Numbers in memory are
// little-endian. What a caller hands over lies in memory from `sotto_allocate` and stays the caller's.
//
// After a call that answers 0 the result is, without gaps:
//
//   u32  1: there should be a stream, 0: there should be none
//   u32  1: a wake-up is wanted, 0: none
//   f64  when, if it is wanted
//   u32  number of frames to send on the stream; each of them
//          u32  octets
//          the octets
//   u32  octets of the text that follows
//        a JSON array in UTF-8: the events, each an EventFrame in the JSON form of its description
//
// What a description bounds is bounded here too; everything else that comes in is checked by the engine. An instance
// that traps is lost; what its last committed transition left is in the database.

extern "C" {

#define SOTTO_EXPORT(name) __attribute__((export_name(#name))) name

/// Memory for the caller; never null (the instance traps if there is none left).
std::uint8_t* SOTTO_EXPORT(sotto_allocate)(std::size_t size);
/// Overwrites and gives back what `sotto_allocate` gave for the same size.
void SOTTO_EXPORT(sotto_free)(std::uint8_t* memory, std::size_t size);

/// Opens the home in the host's database under the storage key, 32 octets, which are overwritten. 0, or 1 + the number
/// of the `client::OpenError`, and then the result is its explanation in English.
int SOTTO_EXPORT(sotto_open)(std::uint8_t* key, double now);
/// Ends the engine.
void SOTTO_EXPORT(sotto_close)();

/// A CommandFrame as JSON. 0, or 1 if it is none, and then the result says why, in English, for developers.
int SOTTO_EXPORT(sotto_command)(const std::uint8_t* json, std::size_t size, double now);
/// Frames from the stream: for each a u32 with its octets, then those. 0, or 1 if the sizes do not fit.
int SOTTO_EXPORT(sotto_frames)(const std::uint8_t* batch, std::size_t size, double now);
int SOTTO_EXPORT(sotto_stream_opened)(double now);
/// `reason` is the number of a `client::StreamClosed::Reason`; others count as `lost`.
int SOTTO_EXPORT(sotto_stream_closed)(std::uint32_t reason, double now);
int SOTTO_EXPORT(sotto_tick)(double now);

/// The result of the last call, until the next one or until it is released.
const std::uint8_t* SOTTO_EXPORT(sotto_result)();
std::size_t SOTTO_EXPORT(sotto_result_size)();
/// Overwrites it.
void SOTTO_EXPORT(sotto_release_result)();

#undef SOTTO_EXPORT
}
