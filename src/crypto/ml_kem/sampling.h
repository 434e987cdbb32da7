#pragma once

#include "crypto/ml_kem/polynomial.h"

namespace sotto::crypto::ml_kem {

/// The matrix A that the public seed rho stands for (FIPS 203 algorithm 7, called as algorithm 13 lines 3 to 7 do). Its
/// coefficients are in [0, q). Takes a time that depends on rho, which is public.
[[nodiscard]] Matrix sample_matrix(std::span<const std::uint8_t, 32> rho);

/// SamplePolyCBD_2(PRF_2(seed, counter)) (algorithm 8 and equation 4.3): coefficients in [-2, 2].
[[nodiscard]] Polynomial sample_centred_binomial(const Secret<32>& seed, std::uint8_t counter);

}  // namespace sotto::crypto::ml_kem
