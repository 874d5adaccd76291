#include "reader/batch.h"

#include <algorithm>

#include "base/ordered_pipeline.h"

namespace avstand {
namespace {

constexpr size_t kArticlesPerThread = 4;
/// Without a wish. Memory stays under 100 MB with them on small pages, and grows by about 4 MB for
/// each further one.
constexpr size_t kMostThreadsUnasked = 6;

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
  const size_t workers =
      options.threads != 0 ? options.threads : std::min(worker_count(0), kMostThreadsUnasked);
  std::vector<std::unique_ptr<Reader::Workspace, Reader::WorkspaceDeleter>> workspaces;
  workspaces.reserve(workers);
  for (size_t w = 0; w < workers; ++w) workspaces.push_back(reader.make_workspace(workers));

  const auto work = [&](Job& job, size_t worker) {
    if (!job.in.article) {
      job.out.error = std::move(job.in.error);
      return;
    }
    const auto reading = reader.read(std::move(*job.in.article), *workspaces[worker], options.until,
                                     Deadline(options.ingest.limits.max_seconds, job.in.seconds));
    job.in.article.reset();
    if (reading->given_up) {
      job.out.error = ingest::at_article(*reading->given_up, reading->article,
                                         inputs[job.out.input], job.in.line);
      return;
    }
    job.out.bytes = reading->analysis.text.size();
    job.out.words = reading->analysis.words.size();
    if (options.review) options.review(reading->ledger);
    job.out.deliver = render(*reading);
  };
  OrderedPipeline<Job> pipeline(workers, workers * kArticlesPerThread, work,
                                [&](Job& job) { emit(job.out); });
  ingest::Run run(note, options.progress);
  for (uint64_t i = 0; i < inputs.size(); ++i) {
    ingest::Options how = options.ingest;
    how.skip_to = i < options.start_input    ? ingest::kSkipAll
                  : i == options.start_input ? options.start_place
                                             : 0;
    ingest::read_input(inputs[i], how, patterns, run, [&](ingest::Item item) {
      const uint64_t place = item.place;
      pipeline.push(Job{std::move(item), {.input = i, .place = place}});
    });
  }
  pipeline.finish();
}

}  // namespace avstand
