// SPDX-License-Identifier: Apache-2.0
#include "workers.hpp"

#include <algorithm>

namespace cmlx {

namespace {
// Below so many numbers, waking another thread takes longer than the work.
constexpr size_t worth_sharing = 16384;
constexpr size_t most_threads = 16;

// Waits a moment, some 30 µs, which is less than it takes to fall asleep and be woken.
void linger(const std::atomic<bool>& flag) {
  for (int turn = 0; turn < 1000 && !flag.load(std::memory_order_acquire); ++turn) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    asm volatile("yield");
#endif
  }
}
}  // namespace

Workers& Workers::shared() {
  static auto* workers = new Workers(
      std::clamp<size_t>(std::thread::hardware_concurrency(), 1, most_threads) - 1);
  return *workers;
}

Workers::Workers(size_t helpers) {
  for (size_t number = 0; number < helpers; ++number) {
    threads_.emplace_back([this] { help(); });
    threads_.back().detach();
  }
}

void Workers::run(size_t count, size_t cost, const std::function<void(size_t, size_t)>& body,
                  size_t parts_a_thread) {
  size_t threads = threads_.size() + 1;
  if (threads == 1 || count < 2 || count * cost < worth_sharing) {
    body(0, count);
    return;
  }
  std::lock_guard<std::mutex> alone(one_at_a_time_);
  std::unique_lock<std::mutex> lock(mutex_);
  body_ = &body;
  count_ = count;
  parts_ = std::min(count, threads * parts_a_thread);
  taken_ = 0;
  finished_ = 0;
  finished_all_.store(false, std::memory_order_release);
  open_.store(true, std::memory_order_release);
  begin_.notify_all();
  while (work(lock)) {
  }
  lock.unlock();
  linger(finished_all_);
  lock.lock();
  done_.wait(lock, [this] { return finished_ == parts_; });
}

bool Workers::work(std::unique_lock<std::mutex>& lock) {
  if (taken_ >= parts_) return false;
  // `run` returns when all parts are finished, so the body outlives every part that was taken.
  size_t part = taken_++, count = count_, parts = parts_;
  if (taken_ >= parts) open_.store(false, std::memory_order_release);
  auto body = body_;
  lock.unlock();
  (*body)(count * part / parts, count * (part + 1) / parts);
  lock.lock();
  if (++finished_ == parts_) {
    finished_all_.store(true, std::memory_order_release);
    done_.notify_one();
  }
  return true;
}

void Workers::help() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    lock.unlock();
    linger(open_);
    lock.lock();
    begin_.wait(lock, [this] { return taken_ < parts_; });
    while (work(lock)) {
    }
  }
}

}  // namespace cmlx
