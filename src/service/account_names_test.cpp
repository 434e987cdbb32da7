// A name is 3 to 32 of a-z, 0-9, '.', '_' and '-', begins with a letter, and capitals are lowered.
#include "service/account_names.h"

#include <gtest/gtest.h>

namespace sotto::service {
namespace {

TEST(AccountNames, AcceptsAndLowersNames) {
  EXPECT_EQ(account_name("abc"), "abc");
  EXPECT_EQ(account_name("Ada.Lovelace-1815_X"), "ada.lovelace-1815_x");
  EXPECT_EQ(account_name(std::string(32, 'z')), std::string(32, 'z'));
}

TEST(AccountNames, RefusesEverythingElse) {
  for (const std::string& name :
       {std::string(), std::string("ab"), std::string(33, 'z'), std::string("1abc"), std::string(".abc"),
        std::string("_abc"), std::string("-abc"), std::string("a b"), std::string("ab\n"), std::string("ab@c"),
        std::string("ab/c"), std::string("jos\xc3\xa9"),
        std::string("\xd0\xb0"
                    "bc"),
        std::string("ab\0c", 4)}) {
    EXPECT_FALSE(account_name(name)) << name;
  }
}

}  // namespace
}  // namespace sotto::service
