from django.urls import path

from demo import views

urlpatterns = [
    path("", views.people, name="demo"),
    path("enter/", views.enter, name="demo_enter"),
    path("outbox/", views.outbox, name="demo_outbox"),
    path("outbox/<slug:name>/", views.mail, name="demo_mail"),
]
