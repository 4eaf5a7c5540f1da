// ModelBuilder: from the JSON of a service description to a ServiceModel.
//
// First every shape gets its place, then members point to them: shapes may recurse.
#pragma once

#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sdk/model/ordered_value.h"
#include "sdk/model/service_model.h"

namespace cloudchamber {

// A part of the description that is kept as it is and becomes Json when first asked for.
struct LazyJson {
  OrderedValue source;
  std::once_flag once;
  Json value;

  const Json& get();
};

struct ServiceModel::Storage {
  std::vector<Shape> shapes;
  std::vector<Operation> operations;
  std::unordered_map<std::string_view, const Shape*> shape_by_name;
  std::unordered_map<std::string_view, const Operation*> operation_by_name;
  std::unordered_map<std::string_view, const Shape*> error_by_code;
  LazyJson paginators;
  LazyJson waiters;
  LazyJson resources;
};

// Files beside service-2.json, already merged with their extras; null where there is none.
struct ModelExtras {
  std::string endpoint_rules;  // as text; "" where there are none
  OrderedValue paginators;
  OrderedValue waiters;
  OrderedValue resources;
};

class ModelBuilder {
 public:
  // `description` is botocore's service-2.json; "paginators", "waiters" and "resources" may stand
  // in it too, as they do in sdk/model/data. Throws ModelError.
  [[nodiscard]] static std::shared_ptr<const ServiceModel> build(std::string name,
                                                                 OrderedValue description,
                                                                 ModelExtras extras = {});

 private:
  explicit ModelBuilder(std::string name);

  void read_metadata(const OrderedValue& metadata);
  void read_shapes(const OrderedValue& shapes);
  void read_shape(const OrderedValue& source, Shape& shape);
  void read_structure(const OrderedValue& source, Shape& shape);
  void read_member(const OrderedValue& source, std::string_view where, Member& member);
  void read_operations(const OrderedValue& operations);
  void read_operation(const OrderedValue& source, Operation& operation);
  static void read_endpoint_context(const OrderedValue& source, Operation& operation);
  void index_errors();

  [[nodiscard]] const Shape* shape_named(const std::string& shape, std::string_view where) const;
  [[noreturn]] void fail(std::string_view where, const std::string& what) const;

  std::shared_ptr<ServiceModel> model_;
};

}  // namespace cloudchamber
