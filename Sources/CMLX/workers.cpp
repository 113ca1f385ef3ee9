// SPDX-License-Identifier: Apache-2.0
#include "workers.hpp"

#include <algorithm>

namespace cmlx {

namespace {
// Below so many numbers, waking another thread takes longer than the work.
constexpr size_t worth_sharing = 16384;
constexpr size_t most_threads = 16;
}  // namespace

Workers& Workers::shared() {
  static auto* workers = new Workers(
      std::clamp<size_t>(std::thread::hardware_concurrency(), 1, most_threads) - 1);
  return *workers;
}

Workers::Workers(size_t helpers) {
  for (size_t number = 0; number < helpers; ++number) {
    threads_.emplace_back([this, number] { help(number); });
    threads_.back().detach();
  }
}

void Workers::run(size_t count, size_t cost, const std::function<void(size_t, size_t)>& body) {
  size_t helpers = threads_.size();
  if (helpers == 0 || count < 2 || count * cost < worth_sharing) {
    body(0, count);
    return;
  }
  std::lock_guard<std::mutex> alone(one_at_a_time_);
  {
    std::lock_guard<std::mutex> lock(mutex_);
    body_ = &body;
    count_ = count;
    working_ = helpers;
    ++round_;
  }
  begin_.notify_all();
  body(0, count / (helpers + 1));
  std::unique_lock<std::mutex> lock(mutex_);
  done_.wait(lock, [this] { return working_ == 0; });
}

void Workers::help(size_t number) {
  size_t seen = 0;
  while (true) {
    const std::function<void(size_t, size_t)>* body;
    size_t count, parts;
    {
      std::unique_lock<std::mutex> lock(mutex_);
      begin_.wait(lock, [&] { return round_ != seen; });
      seen = round_;
      body = body_;
      count = count_;
      parts = threads_.size() + 1;
    }
    (*body)(count * (number + 1) / parts, count * (number + 2) / parts);
    std::lock_guard<std::mutex> lock(mutex_);
    if (--working_ == 0) done_.notify_one();
  }
}

}  // namespace cmlx
