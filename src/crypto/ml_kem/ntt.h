#pragma once

#include "crypto/ml_kem/polynomial.h"

namespace sotto::crypto::ml_kem {

/// The number-theoretic transform (FIPS 203 algorithm 9). Takes coefficients in (-q, q), gives them in
/// [-(q-1)/2, (q-1)/2].
[[nodiscard]] TransformedPolynomial ntt(const Polynomial& polynomial);

/// 2^16 times the inverse transform (algorithm 10): the factor undoes the 2^-16 that `inner_product` leaves. Takes any
/// coefficients, gives them in (-q, q).
[[nodiscard]] Polynomial inverse_ntt(const TransformedPolynomial& transformed);

/// 2^-16 times the sum of the products of corresponding elements (algorithm 11, and section 2.4.7). Takes coefficients
/// in (-q, q) on one side and [0, 4096) on the other, gives them in [-(q-1)/2, (q-1)/2].
[[nodiscard]] TransformedPolynomial inner_product(const TransformedVector& left, const TransformedVector& right);

/// Multiplies by 2^16. Gives coefficients in (-q, q).
void multiply_by_montgomery_factor(TransformedPolynomial& transformed);

}  // namespace sotto::crypto::ml_kem
