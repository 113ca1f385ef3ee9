// SPDX-License-Identifier: Apache-2.0
// Threads that share out the rows of a kernel.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace cmlx {

class Workers {
 public:
  // The threads of this process; they live as long as it does.
  static Workers& shared();

  // Calls `body(first, end)` on parts of 0..<count, some on other threads, and waits for all.
  // `cost` is about how many numbers one of them works on: small work stays on this thread. Several
  // parts a thread mean that one that the system does not let run holds up one part at most.
  void run(size_t count, size_t cost, const std::function<void(size_t, size_t)>& body,
           size_t parts_a_thread = 4);

 private:
  explicit Workers(size_t helpers);
  // Works on one part that nobody has taken yet, if there is one.
  bool work(std::unique_lock<std::mutex>& lock);
  void help();

  std::mutex one_at_a_time_;
  std::mutex mutex_;
  std::condition_variable begin_, done_;
  std::vector<std::thread> threads_;
  // Whether there are parts to take, and whether all are finished: looked at without the lock by
  // threads that wait a moment before they sleep.
  std::atomic<bool> open_{false}, finished_all_{true};
  const std::function<void(size_t, size_t)>* body_ = nullptr;
  size_t count_ = 0, parts_ = 0, taken_ = 0, finished_ = 0;
};

}  // namespace cmlx
