#include "crypto/aes_gcm/aes256.h"

// The circuit of J. Boyar and R. Peralta, "A depth-16 circuit for the AES S-box" (2011), with its names of signals:
// 115 gates, of which 32 are conjunctions.
namespace sotto::crypto::aes_gcm {
namespace {

using Word = std::uint64_t;

struct Linear {
  // As the circuit counts them; y[0] is not used.
  std::array<Word, 22> y;
  Word x7;
};

Linear top(const Planes& planes) {
  const Word x0 = planes[7];
  const Word x1 = planes[6];
  const Word x2 = planes[5];
  const Word x3 = planes[4];
  const Word x4 = planes[3];
  const Word x5 = planes[2];
  const Word x6 = planes[1];
  Linear out{.y = {}, .x7 = planes[0]};
  auto& y = out.y;
  y[14] = x3 ^ x5;
  y[13] = x0 ^ x6;
  y[9] = x0 ^ x3;
  y[8] = x0 ^ x5;
  const Word t0 = x1 ^ x2;
  y[1] = t0 ^ out.x7;
  y[4] = y[1] ^ x3;
  y[12] = y[13] ^ y[14];
  y[2] = y[1] ^ x0;
  y[5] = y[1] ^ x6;
  y[3] = y[5] ^ y[8];
  const Word t1 = x4 ^ y[12];
  y[15] = t1 ^ x5;
  y[20] = t1 ^ x1;
  y[6] = y[15] ^ out.x7;
  y[10] = y[15] ^ t0;
  y[11] = y[20] ^ y[9];
  y[7] = out.x7 ^ y[11];
  y[17] = y[10] ^ y[11];
  y[19] = y[10] ^ y[8];
  y[16] = t0 ^ y[11];
  y[21] = y[13] ^ y[16];
  y[18] = x0 ^ y[16];
  return out;
}

/// What the inversion in GF(2^8) yields, before it is multiplied back.
struct Inverse {
  Word t29;
  Word t33;
  Word t37;
  Word t40;
};

Inverse invert(const Linear& linear) {
  const auto& y = linear.y;
  const Word t2 = y[12] & y[15];
  const Word t4 = (y[3] & y[6]) ^ t2;
  const Word t6 = (y[4] & linear.x7) ^ t2;
  const Word t7 = y[13] & y[16];
  const Word t9 = (y[5] & y[1]) ^ t7;
  const Word t11 = (y[2] & y[7]) ^ t7;
  const Word t12 = y[9] & y[11];
  const Word t14 = (y[14] & y[17]) ^ t12;
  const Word t16 = (y[8] & y[10]) ^ t12;
  const Word t21 = t4 ^ t14 ^ y[20];
  const Word t22 = t6 ^ t16 ^ y[19];
  const Word t23 = t9 ^ t14 ^ y[21];
  const Word t24 = t11 ^ t16 ^ y[18];
  const Word t25 = t21 ^ t22;
  const Word t26 = t21 & t23;
  const Word t27 = t24 ^ t26;
  const Word t29 = (t25 & t27) ^ t22;
  const Word t33 = ((t22 ^ t26) & (t23 ^ t24)) ^ t24;
  const Word t36 = t24 & (t27 ^ t33);
  const Word t37 = t36 ^ t23 ^ t33;
  const Word t40 = t25 ^ (t29 & (t27 ^ t36));
  return {.t29 = t29, .t33 = t33, .t37 = t37, .t40 = t40};
}

std::array<Word, 18> multiply(const Linear& linear, const Inverse& inverse) {
  const auto& y = linear.y;
  const auto& [t29, t33, t37, t40] = inverse;
  const Word t41 = t40 ^ t37;
  const Word t42 = t29 ^ t33;
  const Word t43 = t29 ^ t40;
  const Word t44 = t33 ^ t37;
  const Word t45 = t42 ^ t41;
  return {t44 & y[15], t37 & y[6],  t33 & linear.x7, t43 & y[16], t40 & y[1],  t29 & y[7],
          t42 & y[11], t45 & y[17], t41 & y[10],     t44 & y[12], t37 & y[3],  t33 & y[4],
          t43 & y[13], t40 & y[5],  t29 & y[2],      t42 & y[9],  t45 & y[14], t41 & y[8]};
}

Planes bottom(const std::array<Word, 18>& z) {
  const Word t46 = z[15] ^ z[16];
  const Word t47 = z[10] ^ z[11];
  const Word t48 = z[5] ^ z[13];
  const Word t49 = z[9] ^ z[10];
  const Word t50 = z[2] ^ z[12];
  const Word t51 = z[2] ^ z[5];
  const Word t52 = z[7] ^ z[8];
  const Word t53 = z[0] ^ z[3];
  const Word t54 = z[6] ^ z[7];
  const Word t55 = z[16] ^ z[17];
  const Word t56 = z[12] ^ t48;
  const Word t57 = t50 ^ t53;
  const Word t58 = z[4] ^ t46;
  const Word t59 = z[3] ^ t54;
  const Word t60 = t46 ^ t57;
  const Word t61 = z[14] ^ t57;
  const Word t62 = t52 ^ t58;
  const Word t63 = t49 ^ t58;
  const Word t64 = z[4] ^ t59;
  const Word t65 = t61 ^ t62;
  const Word t66 = z[1] ^ t63;
  const Word t67 = t64 ^ t65;
  const Word s3 = t53 ^ t66;
  return {t48 ^ ~t60, t56 ^ ~t62, t47 ^ t65, t51 ^ t66, s3, t55 ^ ~t67, t64 ^ ~s3, t59 ^ t63};
}

}  // namespace

void substitute(Planes& planes) {
  const Linear linear = top(planes);
  planes = bottom(multiply(linear, invert(linear)));
}

}  // namespace sotto::crypto::aes_gcm
