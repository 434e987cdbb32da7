// Boost.JSON's code is compiled here, once.
#include <boost/json/src.hpp>
