// A linking passes boxes between exactly two sides, for ten minutes, and signs in only a device that the signed list
// names (threats 6, 23, 32).
#include "service/linking.h"

#include "crypto/hash.h"
#include "service/jobs.h"
#include "service/testing/rules_test.h"

namespace sotto::service {
namespace {

using testing::refusal_code;
using wire::ErrorCode;

template <class Fixed>
Fixed filled(std::uint8_t octet) {
  Fixed value;
  value.bytes.fill(octet);
  return value;
}

class LinkingTest : public testing::RulesTest {
 protected:
  ErrorCode begin(std::uint8_t number) {
    return refusal_code(server_.ask(wire::BeginLink{filled<LinkId>(number), crypto::sha256(claim_.view())}));
  }
  /// As the new device.
  ErrorCode post(std::uint32_t number, Bytes box) {
    return refusal_code(server_.ask(wire::PostLink{link_, claim_, number, std::move(box)}));
  }
  ErrorCode post(const Caller& caller, std::uint32_t number, Bytes box) {
    return refusal_code(server_.ask(caller, wire::PostLink{link_, std::nullopt, number, std::move(box)}));
  }
  Outcome<wire::LinkBoxes> read() { return server_.ask(wire::ReadLink{link_, claim_}); }
  Outcome<wire::LinkBoxes> read(const Caller& caller) {
    return server_.ask(caller, wire::ReadLink{link_, std::nullopt});
  }
  ErrorCode approve(const Caller& caller, DeviceId device) {
    return refusal_code(server_.ask(caller, wire::ApproveLink{link_, device}));
  }
  Outcome<wire::SignedIn> finish() { return server_.ask(wire::FinishLink{link_, claim_}); }
  /// Puts a new device of Ada's on her list, as the linked device does before it approves.
  DeviceId list_new_device() {
    ada_.devices.push_back(testing::TestDevice::make(server_.random));
    const wire::SignedDeviceList first = ada_.first_list();
    EXPECT_TRUE(server_.ask(ada_caller_, wire::PublishDeviceList{ada_.sign(ada_.list_of_devices(2, &first))}));
    return ada_.devices.back().device;
  }
  void remove_new_device() {
    const wire::SignedDeviceList second = ada_.sign(ada_.list_of_devices(2, &first_));
    ada_.devices.pop_back();
    EXPECT_TRUE(server_.ask(ada_caller_, wire::PublishDeviceList{ada_.sign(ada_.list_of_devices(3, &second))}));
  }
  std::size_t open_links() {
    return server_.read([](UnitOfWork& unit) { return unit.links().count(); });
  }

  const LinkId link_ = filled<LinkId>(1);
  const wire::LinkClaim claim_ = filled<wire::LinkClaim>(7);
  const wire::SignedDeviceList first_ = ada_.first_list();
};

TEST_F(LinkingTest, PassesBoxesBothWaysAndSignsTheNewDeviceIn) {
  ASSERT_EQ(begin(1), ErrorCode::unspecified);
  EXPECT_EQ(post(ada_caller_, 1, {1}), ErrorCode::unspecified);
  EXPECT_EQ(read()->answer.boxes, (std::vector<Bytes>{{1}}));
  EXPECT_FALSE(read()->answer.approved);
  EXPECT_EQ(post(1, {2}), ErrorCode::unspecified);
  EXPECT_EQ(read(ada_caller_)->answer.boxes, (std::vector<Bytes>{{2}}));
  EXPECT_EQ(post(ada_caller_, 2, {3}), ErrorCode::unspecified);
  const DeviceId device = list_new_device();
  EXPECT_EQ(refusal_code(finish()), ErrorCode::forbidden);
  EXPECT_EQ(approve(ada_caller_, device), ErrorCode::unspecified);
  EXPECT_EQ(approve(ada_caller_, device), ErrorCode::unspecified) << "a repeat";
  EXPECT_TRUE(read()->answer.approved);
  EXPECT_EQ(read()->answer.boxes, (std::vector<Bytes>{{1}, {3}}));

  const auto signed_in = finish();
  ASSERT_TRUE(signed_in.has_value());
  EXPECT_EQ(signed_in->answer.account, ada_.account);
  EXPECT_EQ(signed_in->answer.device, device);
  EXPECT_EQ(server_.events.back().kind, SecurityEventKind::device_linked);
  const Caller linked = testing::TestServer::caller_of(signed_in->answer);
  EXPECT_TRUE(server_.ask(linked, wire::Authenticate{}));
  EXPECT_TRUE(server_.ask(linked, ada_.prekeys(ada_.devices[1], server_.random, {})));
}

TEST_F(LinkingTest, AnAnswerThatWasLostIsGivenAgainAndEndsTheLoginBefore) {
  ASSERT_EQ(begin(1), ErrorCode::unspecified);
  ASSERT_EQ(post(ada_caller_, 1, {1}), ErrorCode::unspecified);
  ASSERT_EQ(approve(ada_caller_, list_new_device()), ErrorCode::unspecified);
  const auto lost = finish();
  server_.notices.clear();
  const auto second = finish();
  ASSERT_TRUE(lost && second);
  EXPECT_EQ(refusal_code(server_.ask(testing::TestServer::caller_of(lost->answer), wire::Authenticate{})),
            ErrorCode::token_revoked);
  EXPECT_EQ(testing::pushes<wire::LoginEnded>(server_.notices).size(), 1u);
  EXPECT_TRUE(server_.ask(testing::TestServer::caller_of(second->answer), wire::Authenticate{}));
}

TEST_F(LinkingTest, Threat23NobodyElseTakesPartInIt) {
  ASSERT_EQ(begin(1), ErrorCode::unspecified);
  EXPECT_EQ(refusal_code(read(ada_caller_)), ErrorCode::not_found) << "who posted nothing reads nothing";
  ASSERT_EQ(post(ada_caller_, 1, {1}), ErrorCode::unspecified);
  const Caller other_device = link_device(ada_, ada_caller_, first_);
  for (const Caller& stranger : {eve_caller_, other_device}) {
    EXPECT_EQ(post(stranger, 1, {9}), ErrorCode::not_found);
    EXPECT_EQ(refusal_code(read(stranger)), ErrorCode::not_found);
    EXPECT_EQ(approve(stranger, stranger.device), ErrorCode::not_found);
  }
  const wire::LinkClaim wrong = filled<wire::LinkClaim>(8);
  EXPECT_EQ(refusal_code(server_.ask(wire::PostLink{link_, wrong, 1, {1}})), ErrorCode::not_found);
  EXPECT_EQ(refusal_code(server_.ask(wire::ReadLink{link_, wrong})), ErrorCode::not_found);
  EXPECT_EQ(refusal_code(server_.ask(wire::FinishLink{link_, wrong})), ErrorCode::not_found);
  EXPECT_EQ(refusal_code(server_.ask(wire::ReadLink{link_, std::nullopt})), ErrorCode::unauthenticated);
  EXPECT_EQ(refusal_code(server_.ask(wire::PostLink{link_, std::nullopt, 1, {1}})), ErrorCode::unauthenticated);
  EXPECT_TRUE(read()->answer.boxes == (std::vector<Bytes>{{1}}));
}

TEST_F(LinkingTest, Threat6OnlyAListedDeviceIsApproved) {
  ASSERT_EQ(begin(1), ErrorCode::unspecified);
  ASSERT_EQ(post(ada_caller_, 1, {1}), ErrorCode::unspecified);
  EXPECT_EQ(approve(ada_caller_, filled<DeviceId>(5)), ErrorCode::device_not_listed);
  EXPECT_EQ(approve(ada_caller_, bob_caller_.device), ErrorCode::device_not_listed);
  EXPECT_EQ(approve(ada_caller_, ada_caller_.device), ErrorCode::invalid_value);
  const DeviceId device = list_new_device();
  ASSERT_EQ(approve(ada_caller_, device), ErrorCode::unspecified);
  remove_new_device();
  EXPECT_EQ(refusal_code(finish()), ErrorCode::device_not_listed) << "the list changed since";
}

TEST_F(LinkingTest, ALinkEndsWithItsLinkedDevice) {
  const Caller second = link_device(ada_, ada_caller_, first_);
  ASSERT_EQ(begin(1), ErrorCode::unspecified);
  ASSERT_EQ(post(second, 1, {1}), ErrorCode::unspecified);
  remove_new_device();
  EXPECT_EQ(open_links(), 0u);
  EXPECT_EQ(refusal_code(read()), ErrorCode::not_found);
}

TEST_F(LinkingTest, LastsTenMinutes) {
  ASSERT_EQ(begin(1), ErrorCode::unspecified);
  ASSERT_EQ(post(ada_caller_, 1, {1}), ErrorCode::unspecified);
  ASSERT_EQ(approve(ada_caller_, list_new_device()), ErrorCode::unspecified);
  server_.now = server_.now + link_lifetime;
  EXPECT_EQ(post(1, {1}), ErrorCode::not_found);
  EXPECT_EQ(refusal_code(read()), ErrorCode::not_found);
  EXPECT_EQ(approve(ada_caller_, ada_.devices[1].device), ErrorCode::not_found);
  EXPECT_EQ(refusal_code(finish()), ErrorCode::not_found);
  EXPECT_EQ(server_.write([&](UnitOfWork& unit) { return std::optional(remove_ended_links(unit, server_.now)); }), 1u);
  EXPECT_EQ(open_links(), 0u);
}

TEST_F(LinkingTest, TheClaimIsStoredAsAHashAlone) {
  ASSERT_EQ(begin(1), ErrorCode::unspecified);
  const auto stored = server_.read([&](UnitOfWork& unit) { return unit.links().find(link_); });
  EXPECT_EQ(stored->claim, crypto::sha256(claim_.view()));
}

TEST_F(LinkingTest, BeginningTwiceNeedsTheSameClaim) {
  ASSERT_EQ(begin(1), ErrorCode::unspecified);
  EXPECT_EQ(begin(1), ErrorCode::unspecified);
  EXPECT_EQ(refusal_code(server_.ask(wire::BeginLink{link_, Sha256Digest{}})), ErrorCode::conflict);
  EXPECT_EQ(refusal_code(server_.ask(wire::BeginLink{LinkId{}, Sha256Digest{}})), ErrorCode::invalid_value);
}

TEST_F(LinkingTest, Threat35BoxesAreNumberedAndBounded) {
  ASSERT_EQ(begin(1), ErrorCode::unspecified);
  EXPECT_EQ(post(1, {}), ErrorCode::invalid_value);
  EXPECT_EQ(post(0, {1}), ErrorCode::invalid_value);
  EXPECT_EQ(post(2, {1}), ErrorCode::invalid_value);
  for (std::uint32_t number = 1; number <= wire::max_link_boxes; ++number) {
    EXPECT_EQ(post(number, {1}), ErrorCode::unspecified) << number;
  }
  EXPECT_EQ(post(1, {1}), ErrorCode::unspecified) << "a repeat";
  EXPECT_EQ(post(1, {2}), ErrorCode::conflict);
  EXPECT_EQ(post(wire::max_link_boxes + 1, {1}), ErrorCode::limit_reached);
  for (std::uint32_t number = 1; number <= 4; ++number) {
    EXPECT_EQ(post(ada_caller_, number, Bytes(wire::max_link_box_size, 1)), ErrorCode::unspecified);
  }
  EXPECT_EQ(post(ada_caller_, 5, {1}), ErrorCode::limit_reached) << "octets together";
}

TEST_F(LinkingTest, Threat35ABoundedNumberIsOpenAndEndedOnesMakeRoom) {
  for (std::size_t count = 0; count < max_open_links; ++count) {
    LinkId link = filled<LinkId>(2);
    link.bytes[0] = static_cast<std::uint8_t>(count);
    link.bytes[1] = static_cast<std::uint8_t>(count >> 8);
    ASSERT_TRUE(server_.ask(wire::BeginLink{link, Sha256Digest{}}));
  }
  EXPECT_EQ(begin(1), ErrorCode::limit_reached);
  server_.now = server_.now + link_lifetime;
  EXPECT_EQ(begin(1), ErrorCode::unspecified);
  EXPECT_EQ(open_links(), 1u);
}

}  // namespace
}  // namespace sotto::service
