#include "storage/sqlite/testing/recorded_disk.h"

#include <algorithm>

namespace sotto::storage::sqlite::testing {

namespace {

constexpr std::size_t sector = 512;

void put(Bytes& content, std::uint64_t offset, ByteView octets) {
  const auto begin = static_cast<std::size_t>(offset);
  if (content.size() < begin + octets.size()) content.resize(begin + octets.size());
  std::ranges::copy(octets, content.begin() + static_cast<std::ptrdiff_t>(begin));
}

}  // namespace

RecordedDisk::RecordedDisk(const DiskImage& start, std::uint64_t seed) : random_(seed) {
  for (const auto& [name, content] : start) {
    names_[name] = files_.size();
    files_.push_back({.durable = content, .pending = {}});
  }
}

void RecordedDisk::apply(const DiskStep& step) {
  if (const auto* created = std::get_if<FileCreated>(&step)) {
    files_.resize(std::max(files_.size(), created->file + 1));
    pending_names_.push_back({.step = steps_, .name = created->name, .file = created->file});
  } else if (const auto* removed = std::get_if<FileRemoved>(&step)) {
    pending_names_.push_back({.step = steps_, .name = removed->name, .file = std::nullopt});
  } else if (const auto* written = std::get_if<FileWritten>(&step)) {
    files_[written->file].pending.push_back({.step = steps_, .change = *written});
  } else if (const auto* truncated = std::get_if<FileTruncated>(&step)) {
    files_[truncated->file].pending.push_back({.step = steps_, .change = *truncated});
  } else if (const auto* synced = std::get_if<FileSynced>(&step)) {
    settle(*synced);
  } else if (const auto* names = std::get_if<DirectorySynced>(&step)) {
    settle_names(names->covers);
  }
  ++steps_;
}

void RecordedDisk::settle(const FileSynced& sync) {
  File& file = files_[sync.file];
  std::erase_if(file.pending, [&](const Pending& pending) {
    if (pending.step >= sync.covers) return false;
    change(file.durable, pending.change, sync.failed ? Unsynced::torn : Unsynced::kept);
    return true;
  });
  if (sync.directory && !sync.failed) settle_names(sync.covers);
}

void RecordedDisk::settle_names(std::size_t covers) {
  std::erase_if(pending_names_, [&](const PendingName& pending) {
    if (pending.step >= covers) return false;
    if (pending.file) {
      names_[pending.name] = *pending.file;
    } else {
      names_.erase(pending.name);
    }
    return true;
  });
}

void RecordedDisk::change(Bytes& content, const Change& change, Unsynced unsynced) {
  if (const auto* truncated = std::get_if<FileTruncated>(&change)) {
    if (unsynced == Unsynced::kept || chance(2) == 0) content.resize(static_cast<std::size_t>(truncated->size));
  } else if (unsynced == Unsynced::kept) {
    put(content, std::get<FileWritten>(change).offset, std::get<FileWritten>(change).octets);
  } else {
    tear(content, std::get<FileWritten>(change));
  }
}

void RecordedDisk::tear(Bytes& content, const FileWritten& write) {
  // Whole writes are often lost or kept too, which reaches further states than single sectors do.
  const std::uint64_t whole = chance(4);
  for (std::size_t begin = 0; begin < write.octets.size();) {
    const std::size_t end =
        std::min(write.octets.size(), begin + sector - static_cast<std::size_t>((write.offset + begin) % sector));
    Bytes piece(write.octets.begin() + static_cast<std::ptrdiff_t>(begin),
                write.octets.begin() + static_cast<std::ptrdiff_t>(end));
    const std::uint64_t fate = whole == 0 ? 0 : whole == 1 ? 15 : chance(16);
    if (fate == 14) std::ranges::generate(piece, [this] { return static_cast<std::uint8_t>(chance(256)); });
    if (fate >= 7) put(content, write.offset + begin, piece);
    begin = end;
  }
}

DiskImage RecordedDisk::cut(Unsynced unsynced) {
  std::map<std::string, std::size_t> names = names_;
  for (const PendingName& pending : pending_names_) {
    if (unsynced == Unsynced::dropped || (unsynced == Unsynced::torn && chance(2) == 0)) continue;
    if (pending.file) {
      names[pending.name] = *pending.file;
    } else {
      names.erase(pending.name);
    }
  }
  DiskImage image;
  for (const auto& [name, number] : names) {
    Bytes content = files_[number].durable;
    if (unsynced != Unsynced::dropped) {
      for (const Pending& pending : files_[number].pending) change(content, pending.change, unsynced);
    }
    image.emplace(name, std::move(content));
  }
  return image;
}

}  // namespace sotto::storage::sqlite::testing
