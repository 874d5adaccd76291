#include "reader/batch.h"

#include "base/ordered_pipeline.h"

namespace avstand {
namespace {

constexpr size_t kArticlesPerThread = 4;

/// An article on its way through the pipeline: `item` in, `out` out.
struct Job {
  ingest::Item in;
  BatchItem out;
};

}  // namespace

void read_batch(const Reader& reader, const ingest::Patterns& patterns,
                const std::vector<std::string>& inputs, const BatchOptions& options,
                const ingest::NoteSink& note, const std::function<Delivery(const Reading&)>& render,
                const std::function<void(BatchItem&)>& emit) {
  const size_t workers = worker_count(options.threads);
  std::vector<std::unique_ptr<Reader::Workspace, Reader::WorkspaceDeleter>> workspaces;
  workspaces.reserve(workers);
  for (size_t w = 0; w < workers; ++w) workspaces.push_back(reader.make_workspace());

  const auto work = [&](Job& job, size_t worker) {
    if (!job.in.article) {
      job.out.error = std::move(job.in.error);
      return;
    }
    const auto reading =
        reader.read(std::move(*job.in.article), *workspaces[worker], options.until);
    job.in.article.reset();
    job.out.bytes = reading->analysis.text.size();
    job.out.words = reading->analysis.words.size();
    if (options.review) options.review(reading->ledger);
    job.out.deliver = render(*reading);
  };
  OrderedPipeline<Job> pipeline(workers, workers * kArticlesPerThread, work,
                                [&](Job& job) { emit(job.out); });
  ingest::Run run(note);
  for (const std::string& input : inputs)
    ingest::read_input(input, options.ingest, patterns, run,
                       [&](ingest::Item item) { pipeline.push(Job{std::move(item), {}}); });
  pipeline.finish();
}

}  // namespace avstand
