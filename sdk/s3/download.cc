// Downloads.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <ostream>
#include <system_error>

#include "cloudchamber/s3/transfer.h"
#include "sdk/client/client_state.h"
#include "sdk/s3/extra_args.h"
#include "sdk/s3/parts.h"

namespace cloudchamber::s3 {
namespace {

// A file beside the one that is wanted, which takes its place when it is complete.
class NewFile {
 public:
  NewFile(std::filesystem::path wanted, std::uint64_t random)
      : wanted_(std::move(wanted)), path_(wanted_) {
    path_ += "." + std::to_string(random);
    file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file_ < 0) fail();
  }
  ~NewFile() {
    if (file_ >= 0) ::close(file_);
    std::error_code ignored;
    if (!kept_) std::filesystem::remove(path_, ignored);
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  // From any number of threads.
  void write(std::int64_t offset, const Blob& bytes) {
    for (std::size_t i = 0; i < bytes.piece_count(); ++i) {
      std::string_view left = bytes.piece(i);
      while (!left.empty()) {
        const ::ssize_t written = ::pwrite(file_, left.data(), left.size(), offset);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) fail();
        left.remove_prefix(static_cast<std::size_t>(written));
        offset += written;
      }
    }
  }
  void keep() {
    if (::close(std::exchange(file_, -1)) != 0) fail();
    std::filesystem::rename(path_, wanted_);
    kept_ = true;
  }

 private:
  [[noreturn]] void fail() const {
    throw std::system_error(errno, std::generic_category(), path_.string());
  }

  std::filesystem::path wanted_;
  std::filesystem::path path_;
  int file_ = -1;
  bool kept_ = false;
};

class Download {
 public:
  Download(const Client& client, const std::string& bucket, const std::string& key,
           const Json& extra_args, const TransferOptions& options)
      : client_(client),
        options_(options),
        extra_args_(extra_args),
        source_{{"Bucket", bucket}, {"Key", key}},
        progress_(options) {
    check_config(options.config);
    check_extra_args(client, extra_args, {"GetObject", "HeadObject"});
    const Json head =
        client.call("HeadObject", with_extra_args(client, "HeadObject", source_, extra_args));
    size_ = head.at("ContentLength").get<std::int64_t>();
    // Every part must be of the object whose size was asked for.
    if (head.contains("ETag")) source_["IfMatch"] = head["ETag"];
    step_ = size_ < options.config.multipart_threshold ? std::max<std::int64_t>(size_, 1)
                                                       : options.config.multipart_chunksize;
  }

  [[nodiscard]] int concurrency() const {
    return step_ >= size_ ? 1 : options_.config.max_concurrency;
  }
  // The next part, of which `use` gets offset and bytes; false when there is none.
  template <class Use>
  bool next(const Use& use) {
    const std::int64_t from = next_.fetch_add(step_);
    if (from >= size_) return false;
    const std::int64_t to = std::min(from + step_, size_);
    Json parameters = source_;
    if (to - from < size_)
      parameters["Range"] = "bytes=" + std::to_string(from) + "-" + std::to_string(to - 1);
    Blob bytes;
    client_.call("GetObject", with_extra_args(client_, "GetObject", parameters, extra_args_),
                 {.output_body = &bytes});
    use(from, bytes);
    progress_.moved(to - from);
    return true;
  }

 private:
  const Client& client_;
  const TransferOptions& options_;
  const Json& extra_args_;
  Json source_;
  Progress progress_;
  std::int64_t size_ = 0;
  std::int64_t step_ = 0;
  std::atomic<std::int64_t> next_ = 0;
};

}  // namespace

void download_file(const Client& client, const std::string& bucket, const std::string& key,
                   const std::filesystem::path& filename, const Json& extra_args,
                   const TransferOptions& options) {
  Download download(client, bucket, key, extra_args, options);
  NewFile file(filename, client.state().random());
  repeat(download.concurrency(), [&] {
    return download.next(
        [&](std::int64_t offset, const Blob& bytes) { file.write(offset, bytes); });
  });
  file.keep();
}

void download_fileobj(const Client& client, const std::string& bucket, const std::string& key,
                      std::ostream& fileobj, const Json& extra_args,
                      const TransferOptions& options) {
  Download download(client, bucket, key, extra_args, options);
  const auto write = [&](std::int64_t, const Blob& bytes) {
    for (std::size_t i = 0; i < bytes.piece_count(); ++i) {
      const std::string_view piece = bytes.piece(i);
      fileobj.write(piece.data(), static_cast<std::streamsize>(piece.size()));
    }
    if (!fileobj) throw std::ios_base::failure("the stream can't be written");
  };
  while (download.next(write)) {
  }
}

}  // namespace cloudchamber::s3
