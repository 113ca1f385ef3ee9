// SPDX-License-Identifier: Apache-2.0
#include "buffers.hpp"

#ifdef __linux__
#include <dlfcn.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <map>
#include <mutex>
#include <typeinfo>

#include "mlx/allocator.h"

// MLX's allocator on a processor reuses freed memory for arrays of nearly the same size only. Texts differ
// in length from batch to batch, so that most arrays of a training by reward got new pages, and clearing
// these took more than a third of the processors' time. Here sizes are rounded up to few classes, and any
// freed memory of a class serves the next array of it.
namespace {

using namespace mlx::core::allocator;

// A block begins with its capacity; the size lies right before the data, where the library's
// `Buffer::raw_ptr` looks past it.
constexpr size_t line = 64;
// Smaller blocks are left to the C library.
constexpr size_t least_kept = size_t(1) << 14;

size_t& capacity_of(char* block) { return *reinterpret_cast<size_t*>(block); }
size_t* size_place(char* block) { return reinterpret_cast<size_t*>(block + line - sizeof(size_t)); }
char* block_of(const void* buffer) {
  return const_cast<char*>(static_cast<const char*>(buffer)) + sizeof(size_t) - line;
}

// The next of eight steps to each power of two: at most an eighth more than asked for, of which the system
// gives only the pages that are used.
size_t capacity(size_t size) {
  size_t step = size < least_kept ? line : std::bit_floor(size) / 8;
  return (size + step - 1) / step * step;
}

class Buffers : public Allocator {
 public:
  Buffer malloc(size_t size) override {
    // Nothing is that large, and rounding up must not come round to a small number.
    if (size > SIZE_MAX / 2) return Buffer{nullptr};
    size_t wanted = capacity(std::max<size_t>(size, 1));
    char* block = taken(wanted);
    if (!block) {
      block = static_cast<char*>(std::aligned_alloc(line, line + wanted));
      if (!block) {
        drop();
        block = static_cast<char*>(std::aligned_alloc(line, line + wanted));
      }
      if (!block) return Buffer{nullptr};
      capacity_of(block) = wanted;
    }
    *size_place(block) = size;
    std::lock_guard<std::mutex> lock(mutex_);
    active_ += wanted;
    most_ = std::max(most_, active_);
    peak_ = std::max(peak_, active_);
    keep_within_limits();
    return Buffer{size_place(block)};
  }

  void free(Buffer buffer) override {
    if (!buffer.ptr()) return;
    char* block = block_of(buffer.ptr());
    size_t bytes = capacity_of(block);
    std::unique_lock<std::mutex> lock(mutex_);
    active_ -= bytes;
    if (bytes < least_kept) {
      lock.unlock();
      std::free(block);
      return;
    }
    kept_[bytes].push_back({block, ++clock_});
    kept_bytes_ += bytes;
    keep_within_limits();
  }

  size_t size(Buffer buffer) const override {
    return buffer.ptr() ? *static_cast<const size_t*>(buffer.ptr()) : 0;
  }

  size_t active() {
    std::lock_guard<std::mutex> lock(mutex_);
    return active_;
  }

  size_t peak() {
    std::lock_guard<std::mutex> lock(mutex_);
    return peak_;
  }

  void reset_peak() {
    std::lock_guard<std::mutex> lock(mutex_);
    peak_ = active_;
  }

  void keep(size_t limit) {
    std::lock_guard<std::mutex> lock(mutex_);
    limit_ = limit;
    most_ = active_;
    keep_within_limits();
  }

  void drop() {
    std::lock_guard<std::mutex> lock(mutex_);
    most_ = active_;
    while (kept_bytes_ > 0) give_back_oldest();
  }

 private:
  struct Kept {
    char* block;
    size_t time;
  };

  char* taken(size_t wanted) {
    std::lock_guard<std::mutex> lock(mutex_);
    auto found = kept_.find(wanted);
    if (found == kept_.end()) return nullptr;
    // The last one freed is likeliest to be in the processor's caches.
    char* block = found->second.back().block;
    found->second.pop_back();
    if (found->second.empty()) kept_.erase(found);
    kept_bytes_ -= wanted;
    return block;
  }

  // What was needed at a time may be needed again, and takes no more than it took then.
  void keep_within_limits() {
    while (kept_bytes_ > limit_ && active_ + kept_bytes_ > most_) give_back_oldest();
  }

  void give_back_oldest() {
    auto oldest = std::min_element(kept_.begin(), kept_.end(), [](auto& one, auto& other) {
      return one.second.front().time < other.second.front().time;
    });
    std::free(oldest->second.front().block);
    kept_bytes_ -= oldest->first;
    oldest->second.pop_front();
    if (oldest->second.empty()) kept_.erase(oldest);
  }

  std::mutex mutex_;
  // By capacity, the oldest of each first; no entry is empty.
  std::map<size_t, std::deque<Kept>> kept_;
  size_t kept_bytes_ = 0, active_ = 0, clock_ = 0;
  // The most that was active, ever since the limit was set and since the peak was reset.
  size_t most_ = 0, peak_ = 0, limit_ = size_t(1) << 30;
};

// Never destroyed: arrays may outlive all other statics.
Buffers& buffers() {
  static auto* found = new Buffers;
  return *found;
}

Allocator& chosen() {
  using Choose = Allocator& (*)();
  auto next = reinterpret_cast<Choose>(dlsym(RTLD_NEXT, "_ZN3mlx4core9allocator9allocatorEv"));
  if (!next) return buffers();
  auto& original = next();
  // The one of processors; a graphics processor's has memory of its own.
  return std::strstr(typeid(original).name(), "CommonAllocator") ? buffers() : original;
}

}  // namespace

namespace mlx::core::allocator {

// The library calls this by its name. A program's own function comes before a library's.
__attribute__((visibility("default"))) Allocator& allocator() {
  static Allocator& found = chosen();
  return found;
}

}  // namespace mlx::core::allocator

namespace cmlx {

bool has_buffers() { return &mlx::core::allocator::allocator() == &buffers(); }
size_t active_bytes() { return buffers().active(); }
size_t peak_bytes() { return buffers().peak(); }
void reset_peak_bytes() { buffers().reset_peak(); }
void keep_bytes(size_t limit) { buffers().keep(limit); }
void drop_kept() { buffers().drop(); }

}  // namespace cmlx

#else

namespace cmlx {

bool has_buffers() { return false; }
size_t active_bytes() { return 0; }
size_t peak_bytes() { return 0; }
void reset_peak_bytes() {}
void keep_bytes(size_t) {}
void drop_kept() {}

}  // namespace cmlx

#endif
