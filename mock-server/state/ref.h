// Ref: a counted reference that can tell whether it is the only one, with the memory order that
// makes writing safe then: std::shared_ptr::use_count() does not promise to see what the former
// owners did.
#pragma once

#include <atomic>
#include <cstdint>
#include <utility>

namespace cloudchamber::mock {

class Counted {
 public:
  Counted() = default;
  Counted(const Counted&) {}  // a copy begins unreferenced
  Counted& operator=(const Counted&) = delete;

 private:
  template <class T>
  friend class Ref;
  std::atomic<std::uint32_t> references_{0};
};

template <class T>
class Ref {
 public:
  Ref() = default;
  template <class... Args>
  [[nodiscard]] static Ref make(Args&&... args) {
    return Ref(new T(std::forward<Args>(
        args)...));  // NOLINT(cppcoreguidelines-owning-memory): owned from here on
  }
  Ref(const Ref& other) : target_(other.target_) { retain(); }
  Ref(Ref&& other) noexcept : target_(std::exchange(other.target_, nullptr)) {}
  Ref& operator=(Ref other) noexcept {
    std::swap(target_, other.target_);
    return *this;
  }
  ~Ref() {
    if (target_ != nullptr && target_->references_.fetch_sub(1, std::memory_order_acq_rel) == 1)
      delete target_;
  }

  [[nodiscard]] T* get() const { return target_; }
  T* operator->() const { return target_; }
  T& operator*() const { return *target_; }
  explicit operator bool() const { return target_ != nullptr; }
  [[nodiscard]] bool unique() const {
    return target_->references_.load(std::memory_order_acquire) == 1;
  }

 private:
  explicit Ref(T* target) : target_(target) { retain(); }
  void retain() {
    if (target_ != nullptr) target_->references_.fetch_add(1, std::memory_order_relaxed);
  }
  T* target_ = nullptr;
};

}  // namespace cloudchamber::mock
